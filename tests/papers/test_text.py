"""Folded to compare, in words to search, cleaned to show."""

import re
import time
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tui.papers import text as module
from tui.papers.text import UNSEEN, clean, clean_lines, fold, key_of, loose_words, words

steady = settings(derandomize=True, deadline=None, database=None, max_examples=300)
unseen = re.compile(f"[{UNSEEN}]")

#: any character at all, lone surrogates too, with those that matter here drawn often
hostile = st.text(
    st.one_of(
        st.characters(exclude_categories=()),
        st.sampled_from(
            "aeE\\{}'`^\"~=.oclLx20times% \t\n\r\x1b\x85\u2028\u202e\u200b\ufeff\u0301\ud800\U000e0041"
        ),
    )
)
tex = st.lists(
    st.sampled_from(
        [
            "\\",
            "{",
            "}",
            "'",
            "e",
            "i",
            "c",
            "textit",
            "text",
            "em",
            " ",
            "x20",
            "28",
            "13",
            "x2013",
            "2",
            "pm",
            "times",
        ]
    ),
    max_size=12,
).map("".join)
any_text = hostile | tex


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Attention Is All You Need", "attentionisallyouneed"),
        ("Swin-Transformer: v2", "swintransformerv2"),
        ("Poincaré", "poincare"),
        ("Poincare\u0301", "poincare"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("eﬃcient ﬁne-tuning", "efficientfinetuning"),
        ("ﬀ ﬂ", "fffl"),
        ("x² + ½", "x212"),
        ("ℌ-𝐍et 𝓐", "hneta"),
        ("İstanbul", "istanbul"),
        ("Ångström", "angstrom"),
        ("ＦＵＬＬ　ｗｉｄｔｈ", "fullwidth"),
        ("大規模言語モデル", "大規模言語モテル"),
        ("注意力 机制", "注意力机制"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
        ("zero\u200bwidth\u00adsoft", "zerowidthsoft"),
        ("…!?—", ""),
        ("", ""),
    ],
)
def test_fold_keeps_letters_and_digits_alone(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Large-Kernel  ConvNets!", "large kernel convnets"),
        ("large kernel", "large kernel"),
        ("Poincaré", "poincare"),
        ("Poincare\u0301", "poincare"),
        (r"Poincar\'e", "poincare"),
        (r"Poincar\'{e} and Erd\H{o}s", "poincare and erdos"),
        ("eﬃcient", "efficient"),
        ("大規模 言語", "大規模 言語"),
        ("state–of—the‐art", "state of the art"),
        ("U-Net/ResNet_50", "u net resnet 50"),
        ("  \t\n ", ""),
        ("—", ""),
    ],
)
def test_words_have_one_blank_between_them(written: str, found: str) -> None:
    assert words(written) == found


@pytest.mark.parametrize(
    ("came", "shown"),
    [
        ("plain", "plain"),
        ("two\nlines\r\nof\ttext", "two lines of text"),
        (r"Poincar\'e", "Poincaré"),
        (r"Poincar\'{e}", "Poincaré"),
        (r"na\"{\i}ve", "naïve"),
        (r"Fran\c{c}ois Mi{\l}osz \O re", "François Miłosz Øre"),
        (r"50\% of R\&D", "50% of R&D"),
        (r"\textit{very \textbf{deep}} nets", "very deep nets"),
        (r"{\em deep} nets", "deep nets"),
        (r"\ie this, \eg that", "i.e. this, e.g. that"),
        ("1998x20132004", "1998x20132004"),
        ("pages 3 x2013 5", "pages 3 – 5"),
        ("it x2019 s", "it ’ s"),
        ("x202e hidden", "x202e hidden"),
        ("2.47times faster", "2.47× faster"),
        ("16times16 patches", "16×16 patches"),
        ("83.6pm6.3%", "83.6±6.3%"),
        ("61%pm9", "61%±9"),
        ("from 9am to 5pm, 3 times", "from 9am to 5pm, 3 times"),
        ("2timeslots", "2timeslots"),
        (r"C:\new \alpha {x}", r"C:\new \alpha {x}"),
        ("[bold]not markup[/bold]", "[bold]not markup[/bold]"),
        ("e\u0301", "é"),
        ("大規模言語モデル", "大規模言語モデル"),
    ],
)
def test_clean_shows_what_is_certain_and_leaves_the_rest(came: str, shown: str) -> None:
    assert clean(came) == shown


@pytest.mark.parametrize(
    ("came", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("\x1b]0;title\x07", "]0;title"),
        ("\x9b31mC1", "31mC1"),
        ("abc\u202edef\u202c", "abcdef"),
        ("\u2066isolated\u2069", "isolated"),
        ("a\u200bb\u200dc\ufeffd\u2060e", "abcde"),
        ("soft\u00adhyphen", "softhyphen"),
        ("lone \ud800 surrogate", "lone  surrogate"),
        ("tag\U000e0041\U000e007f", "tag"),
        ("variation\ufe0f", "variation"),
        ("music\U0001d173\U0001d17a shorthand\U0001bca0", "music shorthand"),
        ("bell\x07 null\x00 del\x7f", "bell null del"),
        ("next\x85line\u2028sep\u2029par", "next line sep par"),
    ],
)
def test_clean_lets_no_control_bidi_or_zero_width_character_through(came: str, shown: str) -> None:
    assert clean(came) == shown


def test_nothing_without_a_shape_of_its_own_is_left_seen() -> None:
    """Controls, surrogates, separators, and every format character that has no glyph, are unseen."""
    with_glyph = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
    left = [
        hex(code)
        for code in range(0x110000)
        if unicodedata.category(chr(code)) in ("Cc", "Cf", "Cs", "Zl", "Zp")
        and code not in with_glyph
        and not unseen.match(chr(code))
    ]
    assert left == []


def test_what_has_no_shape_that_is_known_is_unseen() -> None:
    """Private use, noncharacters, and what Unicode has every renderer ignore by default."""
    ignorable = [0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFEFF, 0xFFA0]
    for first, last in (
        *((0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F)),
        *((0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF)),
        *((0xE000, 0xF8FF), (0xF0000, 0x10FFFF), (0xFDD0, 0xFDEF), (0xFFF9, 0xFFFB)),
        *((plane + 0xFFFE, plane + 0xFFFF) for plane in range(0, 0x110000, 0x10000)),
    ):
        ignorable += range(first, last + 1)
    assert [hex(code) for code in ignorable if not unseen.match(chr(code))] == []


def test_text_that_can_be_read_is_seen() -> None:
    """Letters, marks, digits, signs and blanks of all writings, except what is blank by name."""
    blank = {"\u2800", "\U0001d159", *map(chr, range(0x1F3FB, 0x1F400))}
    ignored = re.compile(
        "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
    )
    lost = [
        hex(code)
        for code in range(0x110000)
        if unicodedata.category(char := chr(code))[0] in "LMNPSZ"
        and unicodedata.category(char) not in ("Zl", "Zp")
        and unseen.match(char)
        and not ignored.match(char)
        and char not in blank
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("came", "shown"),
    [
        ("Z" + "\u0300" * 500 + "algo", "Z" + "\u0300" * 5 + "algo"),
        ("Z" + "\u0300\u200b\u034f" * 500, "Z" + "\u0300" * 5),
        ("\u20e0\u0334title", "title"),
        ("one\u0301\u0323 two", "on\u1eb9\u0301 two"),
        ("ก\u0e47" + "\u0e47" * 99, "ก" + "\u0e47" * 5),
        ("x x20e0 x", "x x20e0 x"),
        ("मृत्युंजय हिन्दी မြှောင့် བསྒྲུབས", "मृत्युंजय हिन्दी မြှောင့် བསྒྲུབས"),
        ("👍🏽", "👍"),
        ("made in 🇦🇹", "made in AT"),
        ("\U0010eeee\ue0b0 title\uffff", " title"),
    ],
)
def test_marks_stay_on_their_letter(came: str, shown: str) -> None:
    """In number they would smear over other rows; first in a text, over what stands before it."""
    assert clean(came) == unicodedata.normalize("NFC", shown)


@steady
@given(st.text(st.sampled_from("aéᾳα\u0345\u0315\u0300\u0323\u0344\u1161각 \U0001d15e"), max_size=120))
def test_a_fold_is_what_sorting_all_marks_would_make_it(text: str) -> None:
    """The marks that are left out before the sorting are none that would have been kept."""
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    assert fold(text) == "".join(filter(str.isalnum, bare))


def test_a_note_keeps_its_lines() -> None:
    assert clean_lines("one\x1b\r\ntwo\ttabs\n\nfour") == "one\ntwo tabs\n\nfour"


@steady
@given(any_text)
@example("\\'\u202ee")
@example("x20\u200b2e")
@example("{\\em \\x20 2e}")
def test_clean_output_holds_nothing_unseen(text: str) -> None:
    shown = clean(text)
    assert not unseen.search(shown)
    shown.encode()


@steady
@given(any_text)
def test_cleaning_again_and_again_stays_safe_and_comes_to_rest(text: str) -> None:
    """What is shown may be shown again (a title in a message): still safe, and never longer."""
    shown = clean(text)
    for _ in range(len(text) + 1):
        again = clean(shown)
        assert not unseen.search(again)
        assert len(again) <= max(len(shown), 2 * len(text))
        if again == shown:
            break
        shown = again
    assert clean(shown) == shown


@steady
@given(hostile.filter(lambda text: "\\" not in text))
def test_words_without_their_blanks_are_the_fold(text: str) -> None:
    """So what a search finds and what identity compares are the same letters."""
    assert words(text).replace(" ", "") == fold(text)


@steady
@given(hostile)
def test_fold_and_words_are_at_rest_at_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert words(words(text)) == words(text)
    assert "  " not in words(text)
    assert words(text).strip() == words(text)


@steady
@given(st.text(st.characters(codec="ascii")))
def test_the_ascii_ways_agree_with_the_long_ones(text: str) -> None:
    """A non-ASCII character that folds to nothing makes the same text take the long way."""
    assert fold(text) == fold(text + "—")
    assert words(text) == words(text + "—")
    assert clean(text) == clean(text + "—").removesuffix("—")


@steady
@given(hostile, hostile)
def test_case_form_marks_and_blanks_do_not_tell_texts_apart(one: str, other: str) -> None:
    text = one + other
    for form in ("NFC", "NFD"):
        assert fold(unicodedata.normalize(form, text)) == fold(text)
    assert fold(f"{one} {other}") == fold(f"{one}-{other}")
    assert words(f"{one} {other}") == words(f"{one}-{other}".replace("\\", "\\"))


def test_a_key_is_twelve_hex_digits_of_title_and_abstract() -> None:
    """The key is a contract with libraries on disk: it must never change."""
    assert key_of("Attention Is All You Need", "The dominant…") == "1598c365baf3"
    assert key_of("ATTENTION is all-you-need!", "the dominant") == key_of(
        "Attention Is All You Need", "The dominant…"
    )
    assert key_of("ab", "c") != key_of("a", "bc")
    assert key_of("title") == key_of("title", "…")


@pytest.mark.parametrize(
    "text", ["{\\it" + " " * 50_000, "\\text{" * 20_000, "\\'" * 50_000, "{\\em a" * 20_000]
)
def test_hostile_tex_is_cleaned_at_once(text: str) -> None:
    began = time.process_time()
    module.clean(text)
    words(text)
    assert time.process_time() - began < 1


def test_pieces_are_folded_as_the_whole_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever a long text is cut: marks stay with their letters, letters that become many stay whole."""
    text = "Poincar\u0301e\u0301 \u1fb3\u0301\u0345 \ufdfa\u0f73 ﬁ İ\u0307\u0323 ẞ が\u3099 x"
    whole = fold(text), words(text)
    for size in range(1, len(text)):
        monkeypatch.setattr("tui.papers.text._PIECE", size)
        assert (fold(text), words(text)) == whole


@steady
@given(hostile)
def test_loose_words_are_the_words_with_more_blanks(text: str) -> None:
    """So every part of a single word is in the one just when it is in the other."""
    assert " ".join(loose_words(text).split()) == words(text)
    assert loose_words(text).split() == words(text).split()
