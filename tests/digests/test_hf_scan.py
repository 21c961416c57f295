"""How furniture and facts cut a file into pages and runs."""

from tui.digests.dates import Day
from tui.digests.hf_lines import split
from tui.digests.hf_scan import Page, pages

BANNER = "Get trending papers in your email inbox!"


def scanned(text: str) -> list[list[tuple[str, bool]]]:
    """For each page its runs: the texts joined by `|`, and whether facts follow."""
    return [[_run(page, at) for at in range(len(page.runs))] for page in pages(split(text))]


def _run(page: Page, at: int) -> tuple[str, bool]:
    run = page.runs[at]
    return "|".join(line.text for line in run.lines), run.facts is not None


def test_facts_end_a_run() -> None:
    """What follows an entry's facts is another entry's."""
    assert scanned("a\nb\n• 3 authors\nc\nd") == [[("a|b", True), ("c|d", False)]]


def test_facts_without_text_have_a_run_of_their_own() -> None:
    """Nothing is lost where the paper above the facts is missing."""
    assert scanned("a\n• 3 authors\n• 4 authors") == [[("a", True), ("", True)]]


def test_furniture_below_text_begins_a_page() -> None:
    """Furniture above any text, in whatever order, is one head."""
    assert scanned(f"Nov 18\nnew\na\nb\n{BANNER}\nnew\nc") == [[("a|b", False)], [("c", False)]]


def test_each_page_has_its_own_date() -> None:
    """A bare date below text is the next page's; of several in one head the last counts."""
    first, second = pages(split("Nov 17\nNov 18\na\nb\nMar 12\nc\nd"))
    assert first.header is not None
    assert first.header.day == Day(11, 18)
    assert second.header is not None
    assert second.header.day == Day(3, 12)


def test_a_bare_date_with_a_year_below_text_is_a_papers() -> None:
    """Where the authors line was lost, its date still belongs to the paper above it."""
    (page,) = pages(split("new\na\nb\nMar 12, 2024\nc\nd"))
    assert page.header is None
    assert page.runs[0].facts is not None
    assert page.runs[0].facts.day == Day(3, 12, 2024)


def test_a_bare_date_with_comments_below_text_is_a_papers() -> None:
    """A head counts no comments."""
    (page,) = pages(split("new\na\nb\nMar 12 2\nc\nd"))
    assert page.header is None
    assert [run.facts is not None for run in page.runs] == [True, False]


def test_a_heads_date_may_have_a_year() -> None:
    """A page of another year than the one it was saved in shows it."""
    (page,) = pages(split("new\nNov 18, 2024\na\nb"))
    assert page.header is not None
    assert page.header.day == Day(11, 18, 2024)
    assert [run.facts for run in page.runs] == [None]


def test_subscribe_is_taken_off_the_first_title_only() -> None:
    """Where the head has a Subscribe line of its own, a title may begin with the word."""
    assert scanned(f"{BANNER}\nSubscribeA\nb\nSubscribeC\nd") == [[("A|b|SubscribeC|d", False)]]
    assert scanned(f"{BANNER}\nSubscribe\nSubscribeA\nb") == [[("SubscribeA|b", False)]]
    assert scanned(f"Subscribe\na\n{BANNER}\nSubscribeB\nc")[1] == [("B|c", False)]


def test_furniture_may_follow_the_glued_title() -> None:
    """A head in another order is still one head."""
    assert scanned(f"SubscribeA\n{BANNER}\nb\nc\nd") == [[("A|b|c|d", False)]]
    assert scanned(f"SubscribeA\n• 3 authors\n{BANNER}\nb") == [[("A", True)], [("b", False)]]
    assert scanned(f"SubscribeA\nb\n{BANNER}\nc") == [[("A|b", False)], [("c", False)]]


def test_who_submitted_is_no_paper() -> None:
    """The name below `Submitted by` goes with it, unless the name is missing."""
    assert scanned("Submitted by\nA Name\na\nb\nSubmitted by\nAnother\nc\nd") == [
        [("a|b", False), ("c|d", False)]
    ]
    assert scanned("Submitted by\nSubmitted by\nA Name\nnew\na") == [[("a", False)]]
    assert scanned("Submitted by A Name\na\nb") == [[("a|b", False)]]
    assert scanned("Submitted by\n• 3 authors\na") == [[("", True), ("a", False)]]
