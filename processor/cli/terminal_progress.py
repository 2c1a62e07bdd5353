"""One line on the terminal that says what is being done and how far it is; nothing where no person looks."""

from typing import Any, TextIO

from processor.foundation.progress import Progress, silent

_STAGE = "{desc} … "
_COUNTED = "{desc} {n_fmt}/{total_fmt} |{bar:20}| {percentage:.0f}%, sisa {remaining} "


def progress_line(stream: TextIO) -> Progress:
    """Give what draws the line on ``stream`` and takes it away at the end; silent where that is no terminal.

    It has no colour, so ``NO_COLOR`` changes nothing.
    """
    return _Line(stream).show if stream.isatty() else silent


class _Line:
    """The line as it stands now."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._bar: Any = None

    def show(self, what: str, done: int, total: int) -> None:
        """Draw the line anew, a few times a second at most; take it away when everything is done."""
        if self._bar is not None and (done >= total or what != self._bar.desc):
            self._bar.close()
            self._bar = None
        if done >= total:
            return
        if self._bar is None:
            self._bar = self._begin(what, total)
        self._bar.update(done - self._bar.n)

    def _begin(self, what: str, total: int) -> Any:
        """Draw a new line."""
        from tqdm import tqdm  # noqa: PLC0415 -- slow to import, and only a terminal needs it

        form = _COUNTED if total > 1 else _STAGE
        return tqdm(desc=what, total=total, file=self._stream, leave=False, dynamic_ncols=True, bar_format=form)
