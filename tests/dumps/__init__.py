"""The sample digests: made-up papers to look round with, found by importlib.resources."""
