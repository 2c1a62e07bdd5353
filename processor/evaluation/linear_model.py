"""Solves linear programs by highspy, an extra (``evaluasi``) that is imported only when something is solved.

Steps of the solver are counted and not timed, so that the same tables end the same way on every computer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from processor.foundation.errors import PayungError

_MISSING = (
    "Angka tidak diterbitkan: pustaka highspy, yang memeriksa apakah ada orang yang dapat dikenali dari angkanya, "
    'belum terpasang. Pasang "payung[evaluasi]" (di folder program: pip install --require-hashes -r '
    "requirements-evaluasi.txt), lalu ulangi."
)
_A_SOLUTION = 10
"""What one solution costs beside its steps: setting it up takes about as long as so many."""


class OutOfWork(Exception):
    """More steps are needed than there may be."""


@dataclass(slots=True)
class Work:
    """How many steps of the solver are ``left``."""

    left: int

    def spend(self, steps: int) -> None:
        """Take steps away.

        Raises:
            OutOfWork: There are not so many.
        """
        self.left -= steps
        if self.left < 0:
            raise OutOfWork


@dataclass(frozen=True, slots=True)
class Model:
    """A linear program in highspy's ``solver`` that is solved again and again, each time from where it stands."""

    solver: Any
    columns: int
    work: Work

    def bound(self, column: int, least: float, most: float) -> None:
        """Set between which values a column may lie."""
        self.solver.changeColBounds(column, least, most)

    def best(self, weights: Mapping[int, float], *, whole: bool = False) -> list[float] | None:
        """Find the point at which the weighted sum of the columns is greatest, in ``whole`` numbers if asked.

        Returns:
            The value of each column, or None where nothing fulfils every row.

        Raises:
            OutOfWork: It takes more steps than are left.
        """
        for column, weight in weights.items():
            self.solver.changeColCost(column, -weight)
        self._integral(whole=True) if whole else None
        self.solver.setOptionValue("simplex_iteration_limit", max(self.work.left, 0) + 1)
        self.solver.run()
        info = self.solver.getInfo()
        solved = str(self.solver.getModelStatus()).endswith("kOptimal")
        point = list(self.solver.getSolution().col_value) if solved else None
        self._integral(whole=False) if whole else None
        for column in weights:
            self.solver.changeColCost(column, 0.0)
        self.work.spend(_A_SOLUTION + max(info.simplex_iteration_count, 0))
        return point

    def _integral(self, *, whole: bool) -> None:
        from highspy import HighsVarType  # noqa: PLC0415 - an extra; see the module

        kind = HighsVarType.kInteger if whole else HighsVarType.kContinuous
        for column in range(self.columns):
            self.solver.changeColIntegrality(column, kind)


def check_installed() -> None:
    """Raise PayungError when highspy is not installed: before anything is counted in order to be published."""
    model([], [], Work(1))


def model(bounds: Sequence[tuple[float, float]], rows: Sequence[Mapping[int, float]], work: Work) -> Model:
    """Load a program: a column between each of ``bounds``, and rows of weighted columns that each come to zero.

    Raises:
        PayungError: highspy is not installed.
    """
    try:
        from highspy import HighsLp, MatrixFormat  # noqa: PLC0415 - an extra; see the module
        from highspy._core import _Highs  # noqa: PLC0415 - the public class prints a banner as it is made
    except ImportError as error:
        raise PayungError(_MISSING) from error
    program, solver = HighsLp(), _Highs()
    program.num_col_, program.num_row_ = len(bounds), len(rows)
    program.col_cost_ = [0.0] * len(bounds)
    program.col_lower_, program.col_upper_ = [low for low, _ in bounds], [high for _, high in bounds]
    program.row_lower_ = program.row_upper_ = [0.0] * len(rows)
    program.a_matrix_.format_ = MatrixFormat.kRowwise
    program.a_matrix_.start_ = [0, *accumulate(map(len, rows))]
    program.a_matrix_.index_ = [column for row in rows for column in row]
    program.a_matrix_.value_ = [weight for row in rows for weight in row.values()]
    for option, value in _OPTIONS.items():
        solver.setOptionValue(option, value)
    solver.passModel(program)
    return Model(solver, len(bounds), work)


_OPTIONS: Mapping[str, str | int | bool] = {
    "output_flag": False,
    "parallel": "off",  # and no limit of time: the same steps every time
    "threads": 1,  # a forked child has no others, and would wait for them for ever
    "presolve": "off",  # else each solution begins from nothing
    "solver": "simplex",
    "mip_max_nodes": 200,
}
