"""The table of formats."""

from tui.exports import EXPORTS


def test_every_format_writes_what_its_name_says(shelf) -> None:
    """Names are what `--format` takes; each writes text that ends with a line end."""
    paper = shelf.put("Title", "Abstract")
    formats = [("markdown", ".md"), ("jsonl", ".jsonl"), ("tinydb", ".json")]
    assert [(export.name, export.suffix) for export in EXPORTS] == formats
    for export in EXPORTS:
        assert "Title" in export.write(shelf, [paper])
        assert export.write(shelf, [paper]).endswith("\n")


def test_the_same_library_gives_the_same_bytes(shelf) -> None:
    """Nothing of the moment of writing is in a file."""
    papers = [shelf.put("One", "A"), shelf.put("Two", "B")]
    for export in EXPORTS:
        assert export.write(shelf, papers) == export.write(shelf, papers)
