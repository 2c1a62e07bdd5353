"""Builds the public site and lets it out through the leak gate, when something that it is made of has changed."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from processor.cases import office_keys
from processor.cases.records import Applicant
from processor.foundation import atomic_files, form_definition, shipped
from processor.foundation.errors import LeakFound, PayungError, Problem
from processor.foundation.scratch_folders import scratch_folder
from processor.foundation.settings import Settings
from processor.site import (
    answer_pages,
    applicant_code,
    build_trouble,
    guidance,
    jdih_feed,
    leak_gate,
    leak_targets,
    leak_text,
    leak_tokens,
    news_feed,
    pages,
    published_figures,
    request_form,
    sealed_files,
    site_prints,
    special_days,
)
from processor.site.answer_pages import RetoldAnswer
from processor.site.leak_targets import GateHit, Targets
from processor.site.leak_tokens import SiteKeys
from processor.site.site_prints import Offered


class Identities(Protocol):
    """Who stands in the register, as the gate asks for it: see ``operations.identity_index``."""

    def digest(self) -> str:
        """Give a digest that is another once somebody is new, changed or gone."""

    def suspects(self, keys: SiteKeys, public: SiteKeys, site: str) -> list[str]:
        """Give the numbers of the cases of which something may stand in a site with these ``keys``."""

    def people(self, *numbers: str) -> Iterable[Applicant]:
        """Give everybody who ever stood in these cases; nobody, without any."""

    def leaked(self, number: str, sought: Callable[[Applicant], Targets], found: frozenset[GateHit]) -> set[GateHit]:
        """Give what of the finds is a leak of a case: not what was public before it came, nor what was excepted."""

    def clear(self, site: str, keys: SiteKeys) -> None:
        """Remember that nobody stands in the site with this mark and ``keys``."""


_UNUSED = ("assets/javascripts", "assets/stylesheets")
"""What the base theme brings along and no page of ours asks for: 2 MB of scripts, maps and styles."""

_MARK = ".payung-situs"
_SITE_KEYS = "situs.sqlite"
_DRAFTS = (".tmp", "~")
_TIME_LIMIT = 300  # seconds; forty pages take one


def inputs_digest(settings: Settings) -> str:
    """Digest everything that the site is made of; another digest means that it must be built anew."""
    folders = (path for name in ("docs", "forms") for path in _whole(settings.root / name))
    year = special_days.this_year(settings)
    return _digest((*_input_files(settings), *folders), f"{_program()} {published_figures.mark(settings)} {year}")


def _digest(files: Iterable[Path], begin: str = "") -> str:
    """Digest the names and contents of ``files``."""
    digest = hashlib.sha256(begin.encode())
    for path in files:
        digest.update(f"{path.as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


@cache
def _program() -> str:
    """Digest the program that runs: it reads itself once, as it stays the same until it is started anew."""
    return _digest(_whole(Path(__file__).parents[1]))


def _input_files(settings: Settings) -> Iterator[Path]:
    """Give every file that the site is made of, but for the folders ``docs`` and ``forms``."""
    yield settings.path
    keys = (settings.office_key, settings.recipients, settings.recap_key)
    yield from (path for path in keys if path.is_file())
    others = (settings.root / "mkdocs.yml", settings.law_catalogue, settings.days_off)
    yield from (path for path in others if path.is_file())
    yield from (shipped.sources() / name for name in shipped.lacking(settings.root))


def _whole(folder: Path) -> list[Path]:
    """Give every file of a folder, but for drafts and what Python compiled."""
    files = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return sorted(path for path in files if not path.name.endswith(_DRAFTS))


def reviewed_sources(settings: Settings) -> Iterator[Path]:
    """Give the pages, forms, templates, law and own days off with which the office works, shipped ones included."""
    roots = dict.fromkeys((settings.root, shipped.sources()))
    own = (*(root / "mkdocs.yml" for root in roots), settings.days_off)
    yield from (path for path in own if path.is_file())
    for folder in (root / name for root in roots for name in ("docs", "forms", "opinions")):
        yield from (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.endswith(_DRAFTS))


def publish_site(
    settings: Settings,
    identities: Identities,
    target: Path,
    hold: AbstractContextManager[object] | None = None,
    answers: Sequence[RetoldAnswer] = (),
    recap: bytes | None = None,
) -> Sequence[Problem]:
    """Build the site and put it at ``target``; the old site stays until the new one has passed the gate.

    Args:
        settings: The office's settings.
        identities: Who must not stand in the site.
        target: Where the site is to be.
        hold: Holds the register while the new site takes its place; not before, so that others need not wait for the
            builder and the gate. Who was filed meanwhile is looked for then.
        answers: What is given back of answered requests; see ``answer_pages``.
        recap: The signed file of published figures, for whoever adds up those of many agencies; None for no file.

    Returns:
        What keeps a print, or a page in print, from being offered.

    Raises:
        PayungError: When the build fails or ``target`` is no place for a site.
        LeakFound: When the site holds an identity of one of ``identities``.
    """
    check_place(settings, target)
    draft = target.with_name(f".{target.name}.baru")
    shutil.rmtree(draft, ignore_errors=True)
    draft.parent.mkdir(parents=True, exist_ok=True)
    try:
        problems = _make(settings, target, draft, answers, recap)
        looked_for = identities.digest()
        inspect(settings, identities, draft)
        (draft / _MARK).write_text("Folder ini dibangun ulang oleh Payung; jangan menaruh apa pun di sini.\n", "utf-8")
        atomic_files.sync_all([path for path in draft.rglob("*") if path.is_file()])
        with hold or nullcontext():
            if identities.digest() != looked_for:
                inspect(settings, identities, draft)
            _swap(draft, target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return problems


def code_hosts(known: Sequence[Sequence[str]], settings: Settings, now: datetime) -> list[Sequence[str]]:
    """Add the site's present host to ``known``, the hosts for which the pages made codes and since when.

    Args:
        known: Pairs of host and moment (ISO 8601 with its zone), oldest first.
        settings: The settings, with the site's address.
        now: Since when a host counts that is not the last of them (aware).
    """
    host = applicant_code.host_of(settings.situs.alamat)
    return [*known] if known and known[-1][0] == host else [*known, (host, now.isoformat())]


def host_at(known: Sequence[Sequence[str]], moment: datetime) -> str:
    """Tell for which of the ``code_hosts`` the pages made codes at ``moment`` (aware)."""
    return next((host for host, since in reversed(known) if datetime.fromisoformat(since) <= moment), known[0][0])


def is_our_site(site: Path) -> bool:
    """Tell whether a site that was published from here stands in ``site``."""
    return (site / _MARK).is_file()


def inspect(settings: Settings, identities: Identities, folder: Path) -> None:
    """Raise LeakFound, with the cases, when a site in ``folder`` holds an identity of one of ``identities``.

    Needs no lock: who is filed meanwhile is looked for by the next call.
    """
    opaque, public = sealed_files.sealed_paths(folder), public_facts(settings)
    site = leak_tokens.read_site(folder, opaque, settings.register / ".payung" / _SITE_KEYS)
    mark = hashlib.sha256("\n".join((site.mark, public, *settings.situs.bukan_identitas)).encode()).hexdigest()
    suspects = identities.suspects(site.keys, leak_tokens.text_keys(leak_text.plain_text(public)), mark)

    def sought(*people: Applicant) -> Targets:
        return leak_targets.targets(people, public, settings.situs.bukan_identitas)

    if suspects or site.keys.unread:
        found = leak_gate.find_leaks(folder, sought(*identities.people(*suspects)), opaque)
        hits = frozenset(hit for leak in found for hit in leak.hits if leak.kind != leak_gate.UNREADABLE)
        of_cases = {number: identities.leaked(number, sought, hits) for number in suspects} if hits else {}
        free = hits.difference(*of_cases.values())
        if leaks := [leak for one in found if (leak := one.without(free)).hits]:
            raise LeakFound(tuple(map(str, leaks)), {number: some for number, some in of_cases.items() if some})
    identities.clear(mark, site.keys)


def leaking_answers(
    settings: Settings, identities: Identities, error: LeakFound, answers: Mapping[str, RetoldAnswer]
) -> list[str]:
    """Give the keys of those ``answers`` in which something stands that the gate found."""
    people = identities.people(*error.found) if error.found else ()
    sought = leak_targets.targets(people, public_facts(settings), settings.situs.bukan_identitas)
    found = {hit for hits in error.found.values() for hit in hits}
    words = {key: f"{one.topic}\n{one.question}\n{one.answer}" for key, one in answers.items()}
    return [key for key, text in words.items() if found & leak_gate.hits_in_text(text, sought)]


def check_place(settings: Settings, target: Path) -> None:
    """Raise PayungError when putting a site at ``target`` would take something else away."""
    sources = [settings.root / name for name in ("docs", "forms", "opinions")]
    private = [settings.register, settings.inbox, settings.office_key.parent]
    covers = [
        one for one in (*sources, *private, settings.path, settings.root) if one == target or target in one.parents
    ]
    inside = [one for one in (*sources, *private) if one in target.parents]
    foreign = target.is_dir() and any(target.iterdir()) and not (target / _MARK).exists()
    if covers or inside or foreign:
        raise PayungError(
            f"Situs tidak ditaruh di {target}: folder itu memuat hal lain. Pilih folder kosong untuk folder.situs di "
            "payung.yaml."
        )


def public_facts(settings: Settings) -> str:
    """Give what the agency says itself.

    An applicant may give the office's own address or an example of a form, or be called as a national holiday is.
    """
    agency = map(str, settings.instansi.model_dump().values())
    forms = (form_definition.load(settings.form, settings.unit_options), form_definition.load(settings.complaint_form))
    holidays = special_days.national_reasons(settings)
    return "\n".join((*agency, *(request_form.render(form, "", ()) for form in forms), *holidays))


def recipients(settings: Settings) -> Sequence[str]:
    """Give the public keys to which pages seal: the gate's process reads the key file, the builder's never does."""
    if not settings.key_file.is_file():
        return ()
    return office_keys.load(settings.key_file, settings.recipients).recipients


def _make(
    settings: Settings, target: Path, draft: Path, answers: Sequence[RetoldAnswer], recap: bytes | None
) -> Sequence[Problem]:
    """Make in ``draft`` all that is to stand at ``target``: pages, what they offer, and what codes open there today.

    Give what could not be printed.
    """
    figures, prints = published_figures.read(settings), site_prints.make(settings, target, recipients(settings))
    _build(settings, draft, answers, figures, prints)
    prints.add(draft)
    unprinted = [*prints.problems, *guidance.add(settings, draft)]
    published_figures.add_open_data(settings, draft, figures)
    jdih_feed.add(settings, draft)
    news_feed.add(settings, draft)
    if recap is not None:
        (draft / published_figures.RECAP).write_bytes(recap)
    for folder in _UNUSED:
        shutil.rmtree(draft / folder, ignore_errors=True)
    sealed_files.copy_to_draft(target, draft)
    return unprinted


def _build(
    settings: Settings, target: Path, answers: Sequence[RetoldAnswer], publications: Sequence[Any], prints: Offered
) -> None:
    """Build the site into ``target``; a link that leads nowhere keeps nothing from being published."""
    command = [sys.executable, "-P", "-m", "mkdocs", "build", "--quiet", "--site-dir", str(target)]
    try:
        with _whole_sources(settings.root, answers) as folder, scratch_folder() as handed:
            figures = published_figures.hand_over(settings, publications, handed)
            environment = {
                **os.environ,
                **pages.builder_environment(settings, recipients(settings), figures, prints.hand_over(handed)),
                "NO_MKDOCS_2_WARNING": "1",
            }
            subprocess.run(  # noqa: S603 -- our own interpreter, fixed words
                command, cwd=folder, env=environment, check=True, capture_output=True, timeout=_TIME_LIMIT
            )
    except subprocess.TimeoutExpired as error:
        raise PayungError(f"Situs tidak selesai dibangun dalam {_TIME_LIMIT} detik. Ulangi perintah ini.") from error
    except subprocess.CalledProcessError as error:
        said = build_trouble.cause(error.stderr.decode("utf-8", "replace").strip())
        raise PayungError(f"Situs gagal dibangun. Betulkan halaman yang disebut, lalu ulangi.\n{said}") from error


@contextmanager
def _whole_sources(root: Path, answers: Sequence[RetoldAnswer]) -> Iterator[Path]:
    """Give the folder to build from: the office's own or, where that lacks something, a copy that has it.

    That is what is shipped, and the pages of ``answers``.
    """
    lacking = shipped.lacking(root)
    if not answers and not any(name.startswith(("docs/", "forms/", "mkdocs.yml")) for name in lacking):
        yield root
        return
    with scratch_folder() as whole:
        for name in (one for one in ("docs", "forms") if (root / one).is_dir()):
            shutil.copytree(root / name, whole / name)
        if (root / "mkdocs.yml").is_file():
            shutil.copy(root / "mkdocs.yml", whole)
        for name in lacking:
            (whole / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(shipped.sources() / name, whole / name)
        if answers:
            answer_pages.write(whole, answers)
        yield whole


def _swap(draft: Path, target: Path) -> None:
    """Put the new site in the place of the old one, which goes once the disk knows the new one."""
    old = target.with_name(f".{target.name}.lama")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    draft.rename(target)
    atomic_files.sync_folder(target.parent)
    shutil.rmtree(old, ignore_errors=True)
