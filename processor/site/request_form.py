"""The site's own forms: a form definition -> the HTML and the rules that assets/formulir.js brings to life.

Holds no answer. What the browser checks it checks for the applicant's sake:
``form_definition.mistakes`` stays the judge.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, get_args

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from processor.cases.case_parts import UrgentMatter
from processor.foundation.form_definition import Form, Question
from processor.foundation.settings_agency import OtherPlace, Trouble
from processor.foundation.survey_form import MARKS, SurveyForm
from processor.site import attachment_types, form_steps, package_content, telephone
from processor.site.form_steps import Step

GROUPS: Final[Mapping[str, str]] = {
    "identitas": "Tentang Anda",
    "persoalan": "Tentang persoalan Anda",
    "persetujuan": "Persetujuan",
    "pengiriman": "Penyampaian jawaban",
}
"""The form's groups in the order of its definition, and their headings where all of it is shown at once."""

ATTACHMENTS: Final[Mapping[str, Any]] = {
    "banyak": package_content.MOST_FILES,
    "besar": package_content.MOST_BYTES,
    "jenis": tuple(ending for endings in attachment_types.STARTS.values() for ending in endings),
    "awal": tuple(attachment_types.STARTS.items()),
    "gambar": tuple(attachment_types.PICTURES),
    "arsip": attachment_types.ARCHIVE,
    "kalimat": {
        "banyak": "“{nama}” tidak ikut: sekali kirim paling banyak {banyak} berkas. Kirim dahulu yang sudah dipilih; "
        "sisanya dapat menyusul di halaman Lacak dengan kode Anda.",
        "besar": "“{nama}” ({ukuran}) tidak ikut: berkas sekali kirim bersama-sama paling besar {besar} MB. Di ponsel: "
        "foto lembarnya satu per satu, atau buat tangkapan layar halaman PDF-nya, lalu pilih fotonya di sini; foto "
        "dikecilkan sendiri. Yang tidak mendesak dapat menyusul di halaman Lacak dengan kode Anda.",
        "isi": "“{nama}” tidak ikut: isinya bukan foto, PDF, Word (DOCX), Excel (XLSX), ODT, atau teks. Simpan dahulu "
        "sebagai PDF, atau buat tangkapan layarnya, lalu pilih itu.",
        "kosong": "“{nama}” tidak ikut: berkas ini kosong. Pilih berkas yang lain.",
        "hilang": "“{nama}” tidak ikut: perangkat ini tidak dapat membacanya. Bila ia tersimpan di awan (Drive, "
        "iCloud), unduh dahulu ke perangkat ini, lalu pilih lagi.",
        "sedang": "Mengecilkan foto: berkas {ke} dari {dari} …",
        "dikecilkan": "Dikecilkan dari {asal}, tanpa tempat dan waktu pengambilannya.",
        "dilukis": "Tanpa tempat dan waktu pengambilannya.",
        "apa_adanya": "Peramban ini tidak dapat membukanya, jadi foto ini dikirim apa adanya: tempat dan waktu "
        "pengambilannya mungkin ikut. Bila Anda tidak menghendakinya, hapus, buat tangkapan layar dari foto itu, lalu "
        "pilih tangkapan layarnya.",
    },
}
"""What may come with a request: how many files, bytes together, ends of names, how each kind begins, and what is said.

``assets/lampiran.js`` goes by it.
"""

_SENTENCES: Final = {
    "kosong": "Isi dahulu: {judul}.",
    "pilihan": "Pilih salah satu: {judul}.",
    "persetujuan": "Centang persetujuannya. Tanpa itu permohonan tidak dapat kami proses.",
    "panjang": "Ringkaslah “{judul}”: {n} huruf, paling banyak {maks}. Selebihnya lampirkan sebagai berkas.",
    "nip_tanda": "Tulis NIP dengan 18 digit saja; di sini ada huruf atau tanda lain.",
    "nip_digit": "Tulis NIP dengan 18 digit; di sini ada {n}.",
    "nip_susunan": "Cocokkan NIP dengan surat keputusan Anda; susunannya lain dari susunan NIP.",
    "email": "Lengkapi alamat emailnya. Contoh: nama@contoh.id.",
    "telepon": "Periksa nomor teleponnya: di sini ada {n} digit, seharusnya 8 sampai 15.",
    "tanggal": "Periksa tahunnya: tanggal ini lebih dari setahun dari hari ini.",
}
"""What the browser says where ``form_definition.mistakes`` would find something; spoken to the applicant."""

_FROM_PAGE: Final = frozenset({"kode_lacak", "kunci_balasan"})
_TYPES: Final = {"email": "email", "telepon": "tel", "tanggal": "date"}
_PURPOSES: Final = {
    "nama": "name",
    "jabatan": "organization-title",
    "unit_kerja": "organization",
    "alamat": "street-address",
    "email": "email",
    "telepon": "tel",
}
"""What a browser may fill in by itself (WCAG 2.2, 1.3.5), by the question's key."""


def asked_questions(form: Form) -> list[Question]:
    """Give the questions that a person answers; the page answers the others by itself."""
    return [question for question in form.pertanyaan if question.jenis not in _FROM_PAGE]


@dataclass(frozen=True, slots=True)
class FormKind:
    """What a form of the site is for.

    ``steps`` are its pages; ``says`` is what a package says of itself; ``words`` are what the page calls it, and
    ``sealed`` is what it says of the seal before it is sent.
    """

    steps: Sequence[Step]
    says: Mapping[str, str]
    words: Mapping[str, str]
    sealed: str


REQUEST: Final = FormKind(
    form_steps.REQUEST_STEPS,
    {},
    {
        "hal": "permohonan",
        "halaman": "Ajukan",
        "nomor": "Anda mendapat nomor registrasi setelah petugas mencatatnya.",
        "hilang": "Belum menyimpan kodenya? Mintalah kode baru kepada petugas.",
        "tinggal": "Belum menyimpan kodenya? Kirim saja, lalu mintalah kode baru kepada petugas.",
    },
    "jawaban dan berkas Anda disegel, artinya dikunci di perangkat ini sehingga hanya petugas layanan yang dapat "
    "membukanya. Server yang dilaluinya tidak dapat.",
)
COMPLAINT: Final = FormKind(
    form_steps.COMPLAINT_STEPS,
    {"macam": package_content.COMPLAINT},
    {
        "hal": "pengaduan",
        "halaman": "Pengaduan",
        "nomor": "Nomornya tampil di halaman Lacak setelah tercatat. Ada bukti, misalnya surat atau foto? Serahkan di "
        "loket kami atau lewat pos, dalam amplop tertutup yang bertuliskan nomor itu. Nama Anda tidak perlu.",
        "hilang": "Belum menyimpan kodenya? Tanpa nama ia tidak dapat diganti; pengaduannya tetap kami tangani.",
        "tinggal": "Kirim saja: tanpa kodenya pun pengaduan ini kami tangani. Tanpa nama kodenya tidak dapat diganti.",
    },
    "pengaduan Anda disegel, artinya dikunci di perangkat ini. Siapa pun yang memegang kunci kantor dapat membukanya.",
)


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom somebody calls who is in need of an answer at once: the office's telephone, when, and other places."""

    phone: str = ""
    hours: str = ""
    places: tuple[OtherPlace, ...] = ()


def _near_dates(place: OtherPlace) -> str:
    """Name the kinds of near dates with which a place helps, as the form's choices are called."""
    kinds = (kind for kind in get_args(UrgentMatter) if not place.untuk or _PAGES.get(kind) in place.untuk)
    return " ".join(kinds)


_PAGES: Final[Mapping[str, Trouble]] = {"surat_panggilan": "dipanggil", "sidang": "digugat"}
"""The page on trouble that is about a kind of near date."""


def attachment_limits() -> str:
    """Put the limits of attachments in words."""
    size = package_content.MOST_BYTES >> 20
    return (
        f"Paling banyak {package_content.MOST_FILES} berkas, bersama-sama {size} MB: {attachment_types.ACCEPTED}. "
        "Foto dikecilkan di perangkat ini sebelum disegel; tempat dan waktu pengambilannya tidak ikut."
    )


def render(
    form: Form, host: str, recipients: Sequence[str], kind: FormKind = REQUEST, contact: Contact | None = None
) -> str:
    """Render the form as HTML for ``assets/formulir.js``.

    Args:
        form: The definition.
        host: The site's host name, for which codes are made.
        recipients: The public keys (``age1...``) to which the browser seals.
        kind: What the form is for.
        contact: Whom to call, on every page of it; None leaves that out.
    """
    questions = asked_questions(form)
    rules = {q.kunci: _rule(q) for q in questions}
    data = {
        "host": host,
        "penerima": recipients,
        "dibuat": {"formulir": form.versi, **(kind.says or {"ketentuan": form.ketentuan.digest})},
        "kata": kind.words,
        "pertanyaan": rules,
        "kalimat": _SENTENCES,
        "lampiran": ATTACHMENTS,
        "opsi": {q.kunci: q.pilihan for q in questions if q.pilihan and q.jenis != "unit"},  # the page lists those once
    }
    words = {
        "types": _TYPES,
        "purposes": _PURPOSES,
        "limits": attachment_limits(),
        "receipt": empty_receipt(near_date="mendesak" in rules),
    }
    return _rendered(
        "request_form.html",
        form=form,
        steps=[*form_steps.placed(questions, kind.steps)],
        sealed=kind.sealed,
        contact=contact or Contact(),
        dialled=telephone.dialled,
        near_dates=_near_dates,
        data=data,
        **words,
    )


def _rule(question: Question) -> dict[str, Any]:
    """Give what the browser knows of a question."""
    rule = {"judul": question.judul, "jenis": question.jenis, "wajib": question.wajib, "maks": question.maks}
    return rule | ({"kecuali": question.kecuali} if question.kecuali else {})


def empty_receipt(*, near_date: bool = False) -> str:
    """Render what an applicant keeps, still empty: the code and what was sent.

    Args:
        near_date: Whether the form asks for a date that may come before the answer; then it says what to do until then.
    """
    return _rendered("receipt.html", near_date=near_date)


def render_survey(form: SurveyForm, recipients: Sequence[str]) -> str:
    """Render the survey as HTML for ``assets/survei.js``, which seals to ``recipients`` (``age1...``)."""
    return _rendered("survey_form.html", form=form, marks=MARKS[::-1], recipients=recipients)


def _rendered(name: str, **words: object) -> str:
    """Render a template of this folder as HTML, every word in it escaped, without blank lines."""
    return "\n".join(filter(str.strip, _environment().get_template(name).render(words).splitlines()))


@cache
def _environment() -> Environment:
    """Make what compiles the templates of this folder, each once."""
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "indent": 0}  # in order, and never two braces
    return made
