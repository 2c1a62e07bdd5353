"""Writes the export files beside it, as Google Forms, Google Sheets, Microsoft Forms and Excel write them.

Run by hand when a case is added: ``python tests/data/exports/make.py``. Everybody in them is invented; each
NIP has serial 900 or above.
"""

# ruff: noqa: E501, DTZ001  rows of tables; the times in a sheet have no zone
import codecs
import csv
import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook  # type: ignore[import-untyped]  # only written with here

HERE = Path(__file__).parent
STAMP = datetime(2026, 1, 5, 8, 0)

TITLES = [
    "Nama lengkap", "NIP", "Jabatan", "Unit kerja", "Alamat", "Email", "Nomor telepon/WhatsApp", "Bentuk layanan",
    "Uraian permasalahan hukum", "Pertanyaan hukum", "Dokumen pendukung", "Persetujuan syarat dan ketentuan",
]  # fmt: skip
AGREED = "Saya telah membaca dan menyetujui kelima syarat dan ketentuan"
SARI = [
    "Sari Rekaan, S.Sos.", "19850101 201001 2 901", "Analis Kebijakan", "Dinas Contoh", "Jalan Contoh 1, Padang",
    "sari.rekaan@example.id", "0812 0000 0001", "Pendapat hukum", "Saya diminta menandatangani berita acara mundur tanggal.",
    "Apakah saya boleh menolak?", "https://drive.google.com/open?id=AAA111", AGREED,
]  # fmt: skip
BUDI = [
    "Budi Khayali", "197505052000031902", "Kepala Seksi", "Badan Misal", "Jalan Misal 2", "budi@example.id",
    "+62 813-0000-0002", "Rujukan mekanisme penyelesaian", "Ada panggilan sebagai saksi.", "Siapa yang mendampingi?", "", AGREED,
]  # fmt: skip


def changed(base: list[str], **new: str) -> list[str]:
    """``base`` with the answers in ``new``, named by the first word of their titles in lower case."""
    places = {title.split()[0].lower(): i for i, title in enumerate(TITLES)}
    row = list(base)
    for name, value in new.items():
        row[places[name]] = value
    return row


def text(rows: list[list[str]], delimiter: str = ",", end: str = "\r\n") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue()


def put(name: str, content: str | bytes, encoding: str = "utf-8") -> None:
    (HERE / name).write_bytes(content if isinstance(content, bytes) else content.encode(encoding))


def book(name: str, rows: list[list[Any]], title: str = "Form Responses 1", before: str = "") -> None:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = title
    if before:
        made.create_sheet(before, 0).append(["Catatan petugas", "bukan tanggapan"])
    for row in rows:
        sheet.append(row)
    made.properties.created = made.properties.modified = STAMP
    made.save(HERE / name)


def google_csv() -> None:
    put("google-id.csv", text([
        ["Cap waktu", *TITLES],
        ["2025/10/24 6:46:43 PM GMT+7", *SARI],
        ["2025/10/24 11:59:00 AM GMT+7", *BUDI],
        ["2025/10/25 12:00:01 AM GMT+7", *changed(SARI, dokumen="https://drive.google.com/open?id=A1, "
          "https://drive.google.com/u/0/open?usp=forms_web&id=B2;https://example.id/surat,lampiran.pdf")],
    ]))  # fmt: skip
    put("google-en.csv", text([
        ["Timestamp", "Email Address", *TITLES, "Saran [Skor]", "Penilaian layanan [Kecepatan]"],
        ["2025/10/24 6:46:43 PM GMT+7", "akun@example.id", *SARI, "8.00 / 10", "Baik"],
        ["2025/10/24 6:50:00 AM GMT-3:30", "akun2@example.id", *changed(BUDI, email=""), "--", ""],
        ["2025/10/24 6:51:00 AM UTC", "sama@example.id", *changed(BUDI, email="sama@example.id"), "", "Cukup"],
    ]))  # fmt: skip
    put("google-zona.csv", text([["Stempel waktu", *TITLES]] + [
        [f"2025/10/24 6:46:43 PM {zone}".strip(), *SARI]
        for zone in ("WIB", "WITA", "WIT", "GMT+09:00", "GMT", "", "\u202fWIB", "IST", "Waktu Indonesia")
    ] + [["kemarin sore", *BUDI], ["2025/10/24 13:00:00 PM WIB", *BUDI], ["", *BUDI]]))  # fmt: skip
    put("google-kuis-dan-kembar.csv", text([
        ["Cap waktu", "Nama pengguna", "Skor", *TITLES, "NIP", "NIP [Skor]", "NIP [Masukan]", "Lain-lain", "Lain-lain", ""],
        ["2025/10/24 6:46:43 PM WIB", "akun@example.id", "90 / 100", *changed(SARI, nip=""), SARI[1], "10", "ok", "a", "b", "c"],
        ["2025/10/24 6:47:43 PM WIB", "akun@example.id", "90 / 100", *SARI, BUDI[1], "", "", "", "", "", "terlalu", "banyak"],
    ]))  # fmt: skip


def shapes() -> None:
    header = ["Cap waktu", *TITLES]
    newlines = [
        "Cap waktu",
        "Nama\nlengkap",
        "NIP:\r\n",
        "  JABATAN  ",
        *TITLES[3:8],
        "Uraian permasalahan\nhukum *",
        *TITLES[9:],
    ]
    long = "Kalimat ini panjang sekali. " * 1786
    put("titik-koma-bom.csv", text([header, ["2025/10/24 6:46:43 PM WIB", *SARI]], ";"), "utf-8-sig")
    put("titik-koma-sep.csv", "sep=;\r\n" + text([header, ["24/10/2025 18.46.43", *SARI]], ";"))
    put("tab.tsv", text([header, ["24/10/2025 18:46:43", *BUDI]], "\t", "\n"))
    put(
        "utf16.txt", codecs.BOM_UTF16_LE + text([header, ["2025-10-24T18:46:43.123Z", *SARI]], "\t").encode("utf-16-le")
    )
    put("judul-berbaris.csv", text([newlines, ["2025/10/24 6:46:43 PM WIB", *SARI]], end="\n"))
    put("isian-aneh.csv", text([
        ["Unduhan tanggapan", "", ""],
        header,
        ["2025/10/24 6:46:43 PM WIB", *changed(SARI, uraian='Ia berkata "tanda tangan saja",\nlalu pergi.\r\n\r\n;selesai')],
        [],
        ["", *[""] * 12],
        ["2025/10/24 6:47:43 PM WIB", *changed(SARI, nama="=HYPERLINK(\"http://x\")", uraian="+1\n-2\n@a", jabatan="{{ 7*7 }} <b>&")],
        ["2025/10/24 6:48:43 PM WIB", *changed(SARI, uraian=long[:50_000], pertanyaan="😀 tanda — dan “kutip”")],
        ["2025/10/24 6:49:43 PM WIB", *changed(SARI, nip="1.98501E+17", nomor="6,28120000001E+11")],
        ["2025/10/24 6:49:43 PM WIB", *SARI[:4]],
    ]))  # fmt: skip
    put("kotak-centang.csv", text([header] + [
        ["2025/10/24 6:46:43 PM WIB", *changed(SARI, bentuk=form, persetujuan=consent)] for form, consent in (
            ("Pendapat hukum;Rujukan mekanisme penyelesaian", AGREED + ";"),
            ("Pendapat hukum, Penjelasan peraturan perundang-undangan", "Ya, saya setuju"),
            ("pendapat  hukum", "Ya, saya belum setuju"),
            ("Pendapat hukum;Lainnya, misalnya mediasi", "Setuju;Tidak"),
            ("Somasi, mediasi", "tidak"),
        )
    ]))  # fmt: skip


def microsoft() -> None:
    header = ["ID", "Start time", "Completion time", "Email", "Name", *TITLES]
    other = ["Id", "Waktu mulai", "Waktu penyelesaian X", "Email", "Nama", "Waktu terakhir diubah", *TITLES]
    put("microsoft-cp1252.csv", text([
        header,
        ["1", "10/24/25 18:40:01", "10/24/25 18:46:43", "anonymous", "", *changed(SARI, nama="Sari Rékaan", bentuk="Pendapat hukum;")],
        ["2", "1/2/26 9:05:01", "1/2/26 9:15:00", "akun@example.id", "Akun Kantor", *changed(BUDI, email="")],
    ]), "cp1252")  # fmt: skip
    book("microsoft.xlsx", [
        other,
        [1, datetime(2025, 10, 24, 18, 40), datetime(2025, 10, 24, 18, 46, 43), "anonymous", "", "", *SARI],
        [2, datetime(2026, 1, 2, 9, 5), datetime(2026, 1, 2, 9, 15), "akun@example.id", "Akun Kantor",
         datetime(2026, 1, 3, 9, 15), *changed(BUDI, email="")],
    ], "Sheet1")  # fmt: skip


def sheets() -> None:
    book("lembar-id.xlsx", [
        ["Cap waktu", *TITLES, "Alamat Email"],
        [datetime(2025, 10, 24, 18, 46, 43), *changed(SARI, bentuk="Pendapat hukum, Rujukan mekanisme penyelesaian"), "akun@example.id"],
        [None] * 14,
        [45954.5, *BUDI, "akun@example.id"],
    ], "Jawaban Formulir 1", before="Catatan")  # fmt: skip
    numbers: list[Any] = list(SARI)
    numbers[1], numbers[6], numbers[4] = 198501012010012901, 8120000001, date(2025, 1, 2)
    short: list[Any] = list(BUDI)
    short[1], short[6], short[9], short[8] = 12345.0, True, 2.5, "=1+1"
    book("lembar-en-angka.xlsx", [
        ["Timestamp", *TITLES, "Pertanyaan hukum 2"],
        [datetime(2025, 10, 24, 18, 46, 43), *numbers, ""],
        [datetime(2025, 10, 24, 18, 46, 43), *short, "Kolom kedua dengan judul yang sama"],
    ])  # fmt: skip


if __name__ == "__main__":
    for write in (google_csv, shapes, microsoft, sheets):
        write()
