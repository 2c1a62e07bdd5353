"""The words of the command line: every command with its options, its help and an example, in Indonesian."""

import argparse
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NoReturn, get_args

from processor.cases.case_file import Rejection
from processor.foundation.settings import Taxonomy
from processor.operations.referrals import PLACES

STEPS = ("verifikasi", "tugaskan", "susun", "setujui", "kembalikan", "sampaikan", "batalkan", "arsipkan")
Command = Callable[[argparse.Namespace], int]

_HELP: dict[str, tuple[str, str]] = {
    "siapkan": ("siapkan kunci, register, dan folder untuk instansi Anda", "payung siapkan"),
    "layani": ("situs dan putaran terjadwal di komputer ini", "payung layani --contoh"),
    "jalankan": ("satu putaran, atau putaran terjadwal", "payung jalankan --tiap 5m"),
    "meja": ("halaman kerja petugas di komputer ini", "payung meja"),
    "daftar": ("daftar permohonan dengan statusnya", "payung daftar"),
    "lihat": ("satu permohonan dengan riwayatnya", "payung lihat BH-2026-0001"),
    "terima": (
        "terima permohonan di loket atau di atas kertas; catat rujukan",
        "payung terima --kertas 2026-07-02",
    ),
    "sunting": ("sunting berkas permohonan dengan pemeriksaan", "payung sunting BH-2026-0001"),
    "verifikasi": (
        "teruskan, minta lengkapi, atau tolak sebuah permohonan",
        "payung verifikasi BH-2026-0001 --teruskan --oleh pengelola",
    ),
    "tugaskan": (
        "tunjuk penyusun dan pemeriksa",
        "payung tugaskan BH-2026-0001 --analis analis --pemeriksa kabag",
    ),
    "susun": ("nyatakan kajian siap diperiksa", "payung susun BH-2026-0001 --selesai"),
    "setujui": ("setujui kajian", "payung setujui BH-2026-0001 --oleh kabag"),
    "kembalikan": (
        "kembalikan kajian dengan catatan",
        'payung kembalikan BH-2026-0001 --oleh kabag --catatan "Perjelas isu kedua."',
    ),
    "sampaikan": (
        "catat nomor surat dan penyampaian jawaban",
        "payung sampaikan BH-2026-0001 --nomor-surat 180/12/Huk-2026",
    ),
    "batalkan": (
        "catat bahwa pemohon menarik permohonannya",
        'payung batalkan BH-2026-0001 --catatan "Lewat telepon, 3 Juli."',
    ),
    "arsipkan": ("simpan permohonan yang sudah selesai ke arsip", "payung arsipkan BH-2026-0001"),
    "surat": (
        "email yang menunggu, gagal, atau tidak pasti; kirim ulang, tahan, lepas, batal",
        "payung surat ulang BH-2026-0001.dijawab",
    ),
    "identitas": (
        "buka identitas pemohon; tercatat di riwayat",
        'payung identitas BH-2026-0001 --alasan "memeriksa NIP"',
    ),
    "kode": (
        "buat kode baru bagi pemohon yang tidak punya kode atau kehilangan kodenya; tercatat di riwayat",
        'payung kode BH-2026-0001 --alasan "kode hilang, kartu pegawai diperiksa"',
    ),
    "terbitkan": ("bangun situs melalui pemeriksaan kebocoran", "payung terbitkan"),
    "periksa": ("periksa pengaturan, kunci, templat, dan semua permohonan", "payung periksa"),
    "formulir": ("buat Formulir Google atau formulir cetak", "payung formulir cetak"),
}
_SAID = {
    "the following arguments are required:": "belum diisi:",
    "one of the arguments": "pilih salah satu:",
    " is required": "",
    "invalid choice:": "tidak dikenal:",
    "choose from": "pilihannya",
    "expected one argument": "perlu satu isian",
    "unrecognized arguments:": "tidak dikenal:",
    "not allowed with argument": "tidak dapat bersama",
    "invalid int value:": "harus angka:",
    "argument ": "",
}


class _IndonesianHelp(argparse.HelpFormatter):
    """Help with an Indonesian first word."""

    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "Pemakaian: " if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """A parser that speaks Indonesian."""

    def __init__(self, **options: Any) -> None:
        super().__init__(add_help=False, formatter_class=_IndonesianHelp, allow_abbrev=False, **options)
        self._positionals.title, self._optionals.title = "isian", "pilihan"
        self.add_argument("-h", "--help", action="help", help="tampilkan bantuan ini")

    def error(self, message: str) -> NoReturn:
        for english, indonesian in _SAID.items():
            message = message.replace(english, indonesian)
        self.print_usage()
        self.exit(2, f"payung: {message}. Lihat {self.prog} --help\n")


def build_parser(commands: Mapping[str, Command]) -> argparse.ArgumentParser:
    """Every command with its words; the chosen one's function stands in ``args.command``."""
    top = _Parser(
        prog="payung",
        description="Layanan bantuan hukum secara elektronik bagi ASN.",
        epilog="Contoh: payung layani --contoh",
    )
    _place(top, default=None)
    group = top.add_subparsers(title="perintah", metavar="PERINTAH", required=True, parser_class=_Parser)
    made = {name: _command(group, name, command) for name, command in commands.items()}
    _options(made)
    return top


def _place(one: argparse.ArgumentParser, default: Any) -> None:
    """``--pengaturan`` may stand before or after the command."""
    text = "berkas payung.yaml yang dipakai"
    one.add_argument("--pengaturan", type=Path, metavar="BERKAS", default=default, help=text)


def _command(group: Any, name: str, command: Command) -> argparse.ArgumentParser:
    """One command with its help and an example."""
    text, sample = _HELP[name]
    description = text[0].upper() + text[1:] + "."
    one: argparse.ArgumentParser = group.add_parser(
        name, help=text, description=description, epilog=f"Contoh: {sample}"
    )
    _place(one, default=argparse.SUPPRESS)
    one.set_defaults(command=command)
    return one


def _options(made: Mapping[str, argparse.ArgumentParser]) -> None:
    """The options of each command."""
    for name in ("lihat", "sunting", "identitas", "kode", *STEPS):
        made[name].add_argument("nomor", metavar="NO", help="nomor registrasi, atau angka akhirnya")
    for name in ("jalankan", "daftar", "lihat", "surat", "periksa"):
        made[name].add_argument("--json", action="store_true", help="keluaran untuk dibaca program")
    made["lihat"].add_argument("--tenggat", action="store_true", help="bagaimana tiap tenggat dihitung")
    made["meja"].add_argument("--port", type=_port, default=8010, help="port di 127.0.0.1 (bawaan 8010)")
    made["daftar"].add_argument("--semua", action="store_true", help="juga yang sudah di arsip")
    made["surat"].add_argument(
        "tindakan", nargs="?", choices=("ulang", "tahan", "lepas", "batal"), help="tanpa ini: tampilkan semuanya"
    )
    made["surat"].add_argument("nama", nargs="*", metavar="NAMA", help="nama email dari payung surat")
    made["siapkan"].add_argument(
        "--kunci-pemulihan", action="store_true", help="buat kunci kedua, untuk dicetak di kertas"
    )
    _step_options(made)
    _counter_options(made["terima"])
    _service_options(made["layani"], made["jalankan"])
    _identity_options(made["identitas"], made["kode"])
    made["formulir"].add_argument("jenis", choices=("google", "cetak"), help="google atau cetak")
    made["formulir"].add_argument(
        "--ke", type=Path, default=Path("formulir-cetak.html"), metavar="BERKAS", help="hasil formulir cetak"
    )


def _service_options(layani: argparse.ArgumentParser, jalankan: argparse.ArgumentParser) -> None:
    """The options of what runs all day."""
    layani.add_argument("--contoh", action="store_true", help="kantor contoh dengan orang rekaan")
    layani.add_argument("--hanya-penerima", action="store_true", help="hanya menerima kiriman tersegel dari situs")
    layani.add_argument("--soket", type=int, metavar="FD", help="untuk --hanya-penerima: soket dari systemd, yaitu 3")
    layani.add_argument("--port", type=_port, default=8000, help="port di 127.0.0.1 (bawaan 8000)")
    layani.add_argument(
        "--tiap", type=_seconds, default=60.0, metavar="LAMA", help="jeda putaran: 30s, 5m, 1j (bawaan 1m)"
    )
    once = jalankan.add_mutually_exclusive_group()
    once.add_argument("--simulasi", action="store_true", help="tunjukkan yang akan didaftarkan, tanpa menulis")
    once.add_argument("--tiap", type=_seconds, metavar="LAMA", help="ulangi terus: 30s, 5m, 1j")
    jalankan.add_argument("--paksa", action="store_true", help="terima sumber yang tiba-tiba kosong")


def _identity_options(identitas: argparse.ArgumentParser, kode: argparse.ArgumentParser) -> None:
    """The options of what needs a reason."""
    identitas.add_argument("--alasan", required=True, help="untuk apa identitas dibuka; tanpa identitas di dalamnya")
    identitas.add_argument(
        "--betulkan",
        type=_correction,
        action="append",
        metavar="KOLOM=ISI",
        help='betulkan isian, misalnya nip="19910402 201503 2 911"; boleh berulang; isian lama tetap tersegel',
    )
    identitas.add_argument(
        "--lampiran", type=Path, metavar="FOLDER", help="simpan juga lampiran yang dibuka ke folder ini"
    )
    kode.add_argument("--alasan", required=True, help="mengapa dibuat; tanpa identitas di dalamnya")
    kode.add_argument(
        "--cetak", type=Path, metavar="BERKAS", help="tulis juga bukti untuk dicetak; hapus setelah dicetak"
    )


def _counter_options(terima: argparse.ArgumentParser) -> None:
    """The options of the counter."""
    terima.add_argument(
        "--oleh", default="", metavar="PETUGAS", help="siapa yang menerima (bawaan: satu-satunya pengelola layanan)"
    )
    which = terima.add_mutually_exclusive_group()
    which.add_argument("--kertas", type=_day, metavar="TANGGAL", help="kapan formulir kertas diterima")
    which.add_argument("--rujuk", choices=tuple(PLACES), metavar="JENIS", help=", ".join(PLACES))
    terima.add_argument("--ke", default="", metavar="TEMPAT", help="tempat rujukan, tanpa identitas")


def _step_options(made: Mapping[str, argparse.ArgumentParser]) -> None:
    """The options of the workflow's steps."""
    for name in STEPS:
        made[name].add_argument(
            "--simulasi", action="store_true", help="tunjukkan baris yang akan berubah, tanpa menulis"
        )
    for name in ("verifikasi", "setujui", "kembalikan"):
        made[name].add_argument("--oleh", required=True, metavar="PETUGAS", help="siapa yang memutuskan")
    verify, assign = made["verifikasi"], made["tugaskan"]
    choice = verify.add_mutually_exclusive_group(required=True)
    choice.add_argument("--teruskan", action="store_true", help="memenuhi syarat")
    choice.add_argument("--lengkapi", action="append", metavar="KEKURANGAN", help="yang masih kurang; boleh berulang")
    choice.add_argument("--tolak", choices=get_args(Rejection), metavar="JENIS", help=", ".join(get_args(Rejection)))
    verify.add_argument("--alasan", default="", help="alasan penolakan, untuk pemohon")
    for name, words in Taxonomy():
        known = f"untuk laporan: {', '.join(words)}; lain bila payung.yaml punya taksonomi sendiri"
        verify.add_argument(f"--{name.removesuffix('_pemohon')}", default="", help=known)
    assign.add_argument("--analis", required=True, metavar="PETUGAS", help="yang menyusun")
    assign.add_argument("--pemeriksa", required=True, metavar="PETUGAS", help="yang memeriksa; bukan penyusun")
    assign.add_argument("--benturan", action="append", default=[], metavar="PETUGAS", help="yang tidak boleh menangani")
    state = made["susun"].add_mutually_exclusive_group(required=True)
    state.add_argument("--selesai", action="store_true", help="siap diperiksa")
    state.add_argument("--belum", action="store_true", help="masih disusun")
    made["kembalikan"].add_argument("--catatan", required=True, help="apa yang harus diperbaiki")
    sent = made["sampaikan"].add_mutually_exclusive_group()
    sent.add_argument("--nomor-surat", metavar="NOMOR", help="nomor dari sekretariat; surat lalu ditandatangani")
    sent.add_argument("--diterima", action="store_true", help="surat sudah diterima pemohon, misalnya di loket")
    made["batalkan"].add_argument("--catatan", required=True, help="bagaimana pemohon menyampaikannya")
    made["sampaikan"].add_argument("--tanggal-surat", type=_day, metavar="TANGGAL", help="bawaan: hari ini")


def _day(text: str) -> date:
    """A day written 2026-07-02."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” bukan tanggal. Tulis seperti 2026-07-02") from None


def _correction(text: str) -> tuple[str, str]:
    """A field of an identity with its new value, written nip=19910402 201503 2 911."""
    field, sign, value = text.partition("=")
    if not sign:
        raise argparse.ArgumentTypeError("Tulis KOLOM=ISI, misalnya telepon=081200000099")
    return field.strip().lower(), value


def _port(text: str) -> int:
    """A port's number; 0 takes any that is free."""
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"“{text}” bukan port. Tulis angka sampai 65535")
    return int(text)


def _seconds(text: str) -> float:
    """``30s``, ``5m`` or ``1j`` as seconds."""
    units = {"s": 1, "m": 60, "j": 3600}
    if text[-1:] not in units or not text[:-1].isdecimal() or int(text[:-1]) < 1:
        raise argparse.ArgumentTypeError(f"“{text}” bukan lama waktu. Tulis seperti 30s, 5m, atau 1j")
    return float(int(text[:-1]) * units[text[-1]])
