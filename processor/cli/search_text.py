"""What a search found -> text for a terminal. Pure, and without identity."""

from collections.abc import Sequence

from processor.desk.search import SearchResult
from processor.operations import case_filters
from processor.operations.case_row import CaseRow


def search_text(rows: Sequence[CaseRow], found: SearchResult) -> str:
    """Write what a search found: each case with what it is about and its best passage."""
    if not rows:
        return (
            "Tidak ada permohonan yang memuat semua kata itu. Coba kata yang lebih sedikit, atau kata lain yang searti."
        )
    passages = {hit.number: f"{hit.place}: {''.join(text for text, _ in hit.passage)}" for hit in found.hits}
    lines = [f"{len(rows)} permohonan memuat semua kata itu."]
    for row in rows[: len(passages)]:
        said = (row.status.replace("_", " "), row.service.replace("_", " "), *case_filters.remarks(row))
        lines += [f"{row.number}  {'; '.join(filter(None, said))}", f"  {' '.join(passages[row.number].split())}"]
    more = len(rows) - len(passages)
    return "\n".join([*lines, *([f"{more} lagi tidak ditampilkan; tambahkan kata untuk mempersempit."] * bool(more))])
