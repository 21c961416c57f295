"""The shipped keymaps, one TOML file each."""
