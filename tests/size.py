"""How much of the disk it takes to run Payung: ``python -m tests.size``.

Counts the installed files of what ``requirements.txt`` pins, compiled ones included, and nothing that only develops.
"""

from collections.abc import Iterator
from importlib import metadata, util
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]


def pinned(lock: Path) -> Iterator[Requirement]:
    """What a lock pins, on every system."""
    for line in lock.read_text("utf-8").splitlines():
        if line[:1].isalnum():
            yield Requirement(line.removesuffix("\\"))


def installed(name: str) -> int:
    """Bytes of a distribution's files."""
    found = {Path(str(file.locate())) for file in metadata.distribution(name).files or ()}
    compiled = {Path(util.cache_from_source(str(path))) for path in found if path.suffix == ".py"}
    return sum(path.stat().st_size for path in found | compiled if path.is_file())


def main() -> None:
    """Print the biggest and the sum."""
    here = [one.name for one in pinned(ROOT / "requirements.txt") if not one.marker or one.marker.evaluate()]
    sizes = sorted(((installed(name), name) for name in here), reverse=True)
    for size, name in [*sizes[:8], (sum(size for size, _ in sizes), f"all {len(sizes)}")]:
        print(f"{size / 1e6:7.1f} MB  {name}")


if __name__ == "__main__":
    main()
