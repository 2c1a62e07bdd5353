"""Generated texts: staff's Markdown with every mark of the grammar in every place, and raw characters."""

from hypothesis import strategies as st

MARKS = (
    "a. ", "b. ", "c) ", "1. ", "2. ", "3. ", "9. ", "10. ", "(1) ", "(1a) ", "(2) ", "15. ", "15A. ", "a1. ", "aa. ",
    "1.1. ", "A. ", "B. ", "H. ", "I. ", "II. ", "i. ", "ii) ", "1)\t", "- ", "* ", "+ ", "• ", "– ", "\uf0b7\t",
    "1.\u00a0",
    "-\u00a0", "",
)  # fmt: skip
WORDS = (
    "kata", "hukum;", "Penutup.", "dengan:", "ayat", "Pasal 5", "BAB II", "**tebal**", "*miring*", "_juga_",
    "1/1000*50*Rp2", "snake_case", "(1)", "5*3", "**", "*", "_", "\\*", "\\", "|", "| a | b |", "|--|--|", "| c | 12 |",
    "a | b",
    "[situs](https://a.id/x_y)", "<https://a.id>", "`", "~~", "&amp;", "<b>", "a.", "1.", "#", "---", "H. Ahmad", "dan",
    "kata[^1]", "[^1]: sumber", "[^b]: lain", "  ", "\\\\", "{{ x }}", "😀", "—",
)  # fmt: skip
STARTS = (
    "",
    "",
    "",
    "",
    "> ",
    ">",
    "  ",
    "   ",
    "    ",
    "\t",
    "      ",
    "    > ",
    "> > ",
    "> \u00a0 ",
    "# ",
    "### ",
    "[^1]: ",
    "[^b]: ",
)

LINES = st.one_of(
    st.sampled_from(["", "", ">", "---", "* * *", "  "]),
    st.tuples(
        st.sampled_from(STARTS),
        st.sampled_from(MARKS),
        st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join),
        st.sampled_from(["", "", "", "", "  ", "\\"]),
    ).map("".join),
)
GRAMMAR = st.lists(LINES, max_size=14).map("\n".join)
RAW = st.text(st.characters(exclude_categories=()))
TEXTS = st.one_of(GRAMMAR, RAW, st.lists(st.one_of(LINES, RAW), max_size=5).map("\n".join))
