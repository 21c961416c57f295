"""papertui: triage research-paper digests by keyboard."""

__version__ = "0.1.0"
