"""The table of formats."""

from tui.exports import EXPORTS


def test_every_format_writes_what_its_name_says(shelf) -> None:
    """Names are what `--format` takes; each writes text that ends with a line end."""
    paper = shelf.put("Title", "Abstract")
    formats = [
        ("markdown", ".md"),
        ("jsonl", ".jsonl"),
        ("bibtex", ".bib"),
        ("citation", ".txt"),
        ("tinydb", ".json"),
    ]
    assert [(export.name, export.suffix) for export in EXPORTS] == formats
    for export in EXPORTS:
        assert "Title" in export.write(shelf, [paper])
        assert export.write(shelf, [paper]).endswith("\n")


def test_the_same_library_gives_the_same_bytes(shelf) -> None:
    """Nothing of the moment of writing is in a file."""
    papers = [shelf.put("One", "A"), shelf.put("Two", "B")]
    for export in EXPORTS:
        assert export.write(shelf, papers) == export.write(shelf, papers)


def test_a_file_of_ours_is_counted(shelf) -> None:
    """Each format but the plainest knows how many papers it wrote; a stranger's file has none to count."""
    papers = [shelf.put(f"Title {number}", '@misc{ {"id": # 9 papers') for number in range(1_200)]
    for export in EXPORTS:
        text = export.write(shelf, papers)
        assert export.count(text) == (None if export.name == "citation" else 1_200)
        for other in ("", "# Notes\n", "[1]", "{}", '{"a":1}', "@article{x,\n}", text[3:]):
            assert export.count(other) is None
