"""A page's Markdown -> the same Markdown with the agency's facts in it, as an extension that both site builders load.

Pages are Jinja2 templates over ``payung.yaml`` and the form; a word that neither knows stops the build. It reads
no register, no response and no key, so a page cannot show what an applicant wrote: the public keys to which pages seal
are handed to it by whoever starts the builder.
"""

import base64
import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date, time
from functools import cache, partial
from html import escape
from pathlib import Path
from typing import Any, Final

import segno
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment
from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.preprocessors import Preprocessor

from processor.cases.promised_times import promised_times, spoken
from processor.foundation import form_definition, law_catalogue, settings, survey_form
from processor.foundation.errors import PayungError
from processor.foundation.form_definition import Form
from processor.foundation.indonesian_dates import tanggal
from processor.foundation.settings import Settings
from processor.foundation.shipped import own_or_shipped
from processor.site import (
    answer_pages,
    applicant_code,
    everyday_words,
    glossary,
    news,
    news_feed,
    official_texts,
    page_lines,
    performance_page,
    print_content,
    recipes,
    request_form,
    sealed_statuses,
    special_days,
    status_sentences,
    telephone,
    trouble_pages,
)
from processor.site.news import NewsItem

BEFORE_ALL: Final = 100  # Python-Markdown's own first preprocessor has priority 30
AFTER_HTML: Final = 10  # its reader of HTML has 20, that of fenced code 25
BEFORE_TOC: Final = 6  # the table of contents, and what a builder reads of anchors, have 5
KNOWN: Final = ("instansi", "dasar", "layanan", "surat", "situs", "taksonomi", "pdp", "pengaduan")


def makeExtension(**configs: Any) -> Extension:  # noqa: N802  (the name that Python-Markdown looks for)
    """Make the extension, as ``markdown_extensions: [processor.site.pages]`` in mkdocs.yml asks for it."""
    return Pages(**configs)


class Pages(Extension):
    """Fills every page from the settings file that stands at or above the working folder."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (Python-Markdown's name)
        """Register the filling before all that reads the text, and the reading of lines after that of HTML and code."""
        _read_as_pages(md)
        md.preprocessors.register(_Fill(md), "payung", BEFORE_ALL)
        explanations = glossary.Explanations(md, lambda: _terms(settings.find(Path.cwd())))
        md.treeprocessors.register(explanations, "istilah", BEFORE_TOC)


def _read_as_pages(md: Markdown) -> None:
    """Let ``md`` read lists and lines as pages are written."""
    SaneListExtension().extendMarkdown(md)
    md.preprocessors.register(_Lines(md), "baris", AFTER_HTML)


def to_html(text: str) -> str:
    """Write Markdown that is filled already as HTML, as the site's builders do."""
    md = Markdown(extensions=["admonition", "attr_list", "def_list", "md_in_html", "tables"])
    _read_as_pages(md)
    return md.convert(text)


class _Lines(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return page_lines.readable(lines)


class _Fill(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return fill("\n".join(lines), _context(settings.find(Path.cwd()))).split("\n")


def fill(text: str, context: Mapping[str, object]) -> str:
    """Fill ``text``, a Jinja2 template, with the words of ``context``.

    Raises:
        PayungError: That says what is wrong, and where.
    """
    try:
        return _environment().from_string(text).render(context)
    except TemplateSyntaxError as error:
        raise PayungError(
            f"Tanda {{{{ }}}} atau {{% %}} tidak terbaca pada baris {error.lineno} isi halaman ({error.message}). "
            "Periksa pasangannya; contoh yang hanya ditampilkan diapit {% raw %} dan {% endraw %}."
        ) from error
    except UndefinedError as error:
        raise PayungError(
            f"Halaman memakai isian yang tidak dikenal ({error.message}). "
            f"Yang tersedia: {', '.join(KNOWN)}, formulir, janji, kinerja, cetak. Cocokkan ejaannya dengan payung.yaml."
        ) from error
    except (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        message = f"Halaman tidak dapat diisi ({error}). Periksa tanda {{{{ }}}} dan {{% %}} di dalamnya."
        raise PayungError(message) from error


def context(
    found: Settings,
    recipients: Sequence[str] = (),
    published: Mapping[str, Sequence[Any]] = {},
    prints: Sequence[Mapping[str, Any]] = (),
) -> dict[str, object]:
    """Give what pages may name: the public parts of the settings, the form, and the keys to which pages seal.

    Args:
        found: The settings of the agency.
        recipients: The public keys (``age1...``); without them, or without our own form, no page takes a request.
        published: The frozen publications of figures, the testimonials beside them and public events
            (``published_figures``).
        prints: What was made for the site to offer (``site_prints``).
    """
    form, host = form_definition.load(found.form, found.unit_options), applicant_code.host_of(found.situs.alamat)
    resmi = cache(lambda: official_texts.texts(found))
    recipients = recipients if found.situs.formulir_sendiri == "ya" else ()
    named: dict[str, object] = {name: getattr(found, name) for name in KNOWN} | {
        "formulir": form,
        "tanya_jawab": answer_pages.in_menu(found.root),
        "kabar": news.for_page(_news(found, published), found.situs.alamat),
        "istilah": glossary.MARK,
        "kata_sehari_hari": partial(everyday_words.listed, found.root),
        "bobot": partial(everyday_words.weighed, found.root),
        "janji": promised_times(found.layanan, spoken),
        "hari_khusus": lambda: special_days.special_days(found, special_days.this_year(found)),
        "pemeriksa": found.layanan.pelaksana.pemeriksa,
        "peraturan": partial(law_titles, found),
        "pasal": partial(trouble_pages.cited_articles, found),
        "naskah": partial(trouble_pages.whole_titles, found),
        "naskah_resmi": lambda: official_texts.for_page(resmi()),
        "tautan_resmi": lambda *explained: official_texts.link(resmi(), *explained),
        "tempat_lain": partial(trouble_pages.places_for, found),
        "telepon": telephone.telephone_link(found.instansi.telepon),
        "alamat_telepon": telephone.dialled(found.instansi.telepon),
        **_forms(found, form, host, recipients),
        "kata_status": status_sentences.for_page(found.layanan.pelaksana.pemeriksa),
        "pembagian": sealed_statuses.DIVISIONS,
        "kinerja": performance_page.performance(published, found.evaluasi, _beside_page("kinerja")),
        "resep": partial(recipes.recipe, found.situs.alamat.split("/")[2]),
        "kepala": recipes.site_headers(),
        "skrip": partial(script, found.root / "docs" / "assets"),
        "berkode": bool(recipients) or "{kunci_balasan}" in found.situs.formulir_google,
        "alamat_formulir": found.situs.alamat + print_content.FORM_PAGE,
        "cetakan": prints,
        "di_cetakan": "" if _by_zensical() else "../",
    }
    return named | {"cetak": print_content.load(found.root, fill, named)}


def _forms(found: Settings, form: Form, host: str, recipients: Sequence[str]) -> dict[str, object]:
    """Give what pages with a form name: its questions, what it takes, and the key to which it seals."""
    survey = survey_form.load(found.survey_form)
    return {
        "ditanyakan": request_form.asked_questions(form),
        "kelompok": request_form.GROUPS,
        "host": host,
        "penerima": recipients,
        "lampiran": {**request_form.ATTACHMENTS, "batas": request_form.attachment_limits()},
        "borang": request_form.render(form, host, recipients, contact=_contact(found)),
        "borang_pengaduan": _complaint_form(found, host, recipients),
        "survei": survey,
        "borang_survei": request_form.render_survey(survey, recipients),
        "bukti": request_form.empty_receipt(),
    }


def _news(found: Settings, published: Mapping[str, Sequence[Any]]) -> tuple[NewsItem, ...]:
    """Give the news, with the events that the builder was handed."""
    return news.items(found.root / "docs", published.get("kegiatan", ()))


def _complaint_form(found: Settings, host: str, recipients: Sequence[str]) -> str:
    """Render the form by which somebody complains about the service."""
    form = form_definition.load(found.complaint_form)
    return request_form.render(form, host, recipients, request_form.COMPLAINT, _contact(found))


def _contact(found: Settings) -> request_form.Contact:
    """Give whom to call, as the settings say."""
    return request_form.Contact(found.instansi.telepon, promised_times(found.layanan).jam, found.tempat_lain)


def law_titles(found: Settings, keys: Sequence[str]) -> tuple[str, ...]:
    """Give the citations of the regulations that the settings name by ``keys``.

    Raises:
        PayungError: A key that the catalogue of law does not hold, or that is repealed; with what to do.
    """
    titles, problems = law_catalogue.resolve(keys, law_catalogue.load(found.law_catalogue)) if keys else ((), ())
    if problems:
        raise PayungError(f"{found.path.name}, dasar_hukum: {problems[0].sentence}")
    return titles


def script(folder: Path, name: str, *modules: str, later: str = "") -> str:
    """Write the tags that load ``name`` after the ``modules`` that it imports, for a page one folder down.

    ``later`` is a module that the page asks for once it is needed: its digest stands on the last tag.

    A browser checks no digest of what a script imports; but a module that a tag has loaded with its digest is the one
    that the import gets, and where the digest is wrong it gets none.
    """
    where = "assets" if _by_zensical() else "../assets"  # counted from the Markdown file, or from the page
    asked = f' data-{Path(later).stem}="sha256-{_digest(folder / later, later)}"' if later else ""
    return "\n".join(
        f'<script type="module" src="{where}/{file}" integrity="sha256-{_digest(folder / file, file)}"'
        f"{asked if file == name else ''}></script>"
        for file in (*modules, name)
    )


def _beside_page(page: str) -> str:
    """Give the link from a page one folder down to its data."""
    return f"{page}/data" if _by_zensical() else "data"


def _by_zensical() -> bool:
    return "zensical" in sys.modules


def _digest(own: Path, file: str) -> str:
    """Give the SHA-256 of a script as subresource integrity writes it: base64."""
    path = own_or_shipped(own, f"docs/assets/{file}")
    return base64.b64encode(hashlib.sha256(path.read_bytes()).digest()).decode()


def builder_environment(
    found: Settings, recipients: Sequence[str] = (), figures: Path | None = None, prints: Path | None = None
) -> dict[str, str]:
    """Give the environment variables by which mkdocs.yml and this extension learn the agency's facts.

    Args:
        found: The settings of the agency.
        recipients: The public keys (``age1...``) to which pages seal; none, and no page takes a request.
        figures: The file of published figures (``published_figures.hand_over``); None where nothing is published.
        prints: The list of what the site offers to print (``site_prints.hand_over``); None where nothing was made.
    """
    agency = found.instansi
    words = [f"{agency.nama}, {agency.induk}", agency.alamat, f"Telepon {agency.telepon}", agency.email]
    return {
        "PAYUNG_PENGATURAN": str(found.path),
        "PAYUNG_ALAMAT": found.situs.alamat,
        "PAYUNG_INSTANSI": escape(f"{agency.nama} {agency.pemerintah}"),
        "PAYUNG_KELUAR": found.situs.keluar_ke,
        "PAYUNG_KABAR": news_feed.PATH if _news(found, _handed(figures)) else "",
        "PAYUNG_LOGO": _logo(found),
        "PAYUNG_KAKI": "<br>".join(map(escape, words)),
        settings.RECIPIENTS: " ".join(recipients),
        settings.PUBLISHED: str(figures or ""),
        settings.PRINTS: str(prints or ""),
    }


def _logo(found: Settings) -> str:
    """Give the agency's logo as pages link to it; "" for none, or one that is not published, as it lies elsewhere."""
    path, docs = found.resolve(Path(found.instansi.logo)), found.root / "docs"
    return path.relative_to(docs).as_posix() if path.is_file() and path.is_relative_to(docs) else ""


def qr(text: str, said: str = "") -> str:
    """Draw a QR code of ``text`` as an inline SVG that its surroundings size; a screen reader hears ``said``."""
    code = segno.make(text, error="m", micro=False)
    svg: str = code.svg_inline(border=2, light="#fff", omitsize=True, svgclass="qr", title="Kode QR")
    words = escape(said or f"Kode QR: {text}")
    return svg.replace("<svg", f'<svg role="img" aria-label="{words}"', 1).replace("\n", "")


@cache
def _context(path: Path) -> Mapping[str, object]:
    """Give what pages may name, read once a build."""
    offered = settings.builder_prints()
    prints = json.loads(offered.read_text("utf-8")) if offered else ()
    return context(settings.load(path), settings.builder_recipients(), _handed(settings.builder_figures()), prints)


def _handed(figures: Path | None) -> Mapping[str, Sequence[Any]]:
    """Read what the builder was handed of the register; nothing without a file."""
    published: Mapping[str, Sequence[Any]] = json.loads(figures.read_text("utf-8")) if figures else {}
    return published


@cache
def _terms(path: Path) -> tuple[glossary.Term, ...]:
    """Give the terms that the office's glossary explains, or the shipped one's, read once a build."""
    own = settings.load(path).root / "docs" / glossary.FILE_NAME
    text = own_or_shipped(own, f"docs/{glossary.FILE_NAME}").read_text("utf-8", "replace")
    return glossary.terms(fill(text, _context(path)))


@cache
def _environment() -> SandboxedEnvironment:
    """Make the templates' environment.

    Markdown is no HTML, hence no escaping; ``{#`` opens a heading's name there, so comments open with ``{##``.
    """
    environment = SandboxedEnvironment(
        autoescape=False,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        comment_start_string="{##",
        comment_end_string="##}",
        finalize=_readable,
    )
    environment.filters["tanggal"] = tanggal
    environment.globals["qr"] = qr
    return environment


def _readable(value: object) -> object:
    """Give a value as a reader should see it: times with a point, dates in words, and never the word None."""
    if value is None:
        raise ValueError("isian kosong pada payung.yaml")
    if isinstance(value, time):
        return f"{value:%H.%M}"
    return tanggal(value) if isinstance(value, date) else value
