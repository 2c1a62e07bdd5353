"""Every command with its words. Its function and options stand in the module that is named, imported when it is chosen.

A new command is a row here, and a function of its name in a module of this package.
"""

import argparse
import importlib
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Command:
    """A command with its help and an example, and the module of this package that holds it.

    ``payung isi-lama`` calls that module's ``isi_lama``; ``isi_lama_options``, where there is one, adds what it takes.
    """

    name: str
    help: str
    example: str
    module: str

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's options to its ``parser``."""
        add = getattr(self._load(), f"{self.function}_options", None)
        if add:
            add(parser)

    def run(self, args: argparse.Namespace) -> int:
        """Run the command and return its exit code. Raises PayungError."""
        code: int = getattr(self._load(), self.function)(args)
        return code

    @property
    def function(self) -> str:
        """Give the name of the command's function."""
        return self.name.replace("-", "_")

    def _load(self) -> Any:
        """Import the module that holds the command, and with it everything that the command needs."""
        return importlib.import_module(f"{__package__}.{self.module}")


COMMANDS = (
    Command(
        "siapkan",
        "buat folder kerja instansi Anda dari sepuluh jawaban, dengan kunci dan register",
        "payung siapkan hukum-kami",
        "agency_setup",
    ),
    Command("layani", "situs dan putaran terjadwal di komputer ini", "payung layani --contoh", "server_commands"),
    Command("jalankan", "satu putaran, atau putaran terjadwal", "payung jalankan --tiap 5m", "pass_commands"),
    Command("meja", "halaman kerja petugas di komputer ini", "payung meja", "server_commands"),
    Command(
        "petugas",
        "akun petugas di meja: daftar, undang, atur ulang",
        "payung petugas undang analis",
        "officer_accounts",
    ),
    Command("daftar", "daftar permohonan dengan statusnya", "payung daftar", "case_list"),
    Command(
        "cari",
        "cari kata dalam permohonan, kajian, dan jawabannya, juga yang di arsip",
        "payung cari penolakan tertulis --topik pengadaan",
        "case_search",
    ),
    Command("lihat", "satu permohonan dengan riwayatnya", "payung lihat BH-2026-0001", "case_view"),
    Command(
        "terima",
        "terima permohonan di loket atau di atas kertas; catat rujukan",
        "payung terima --kertas 2026-07-02",
        "counter_intake",
    ),
    Command(
        "pengaduan",
        "pengaduan tentang layanan: daftar, catat, teruskan, rencana, jawab, sampaikan, buka",
        "payung pengaduan PGD-2026-0001 teruskan --oleh pengelola",
        "complaint_commands",
    ),
    Command("sunting", "sunting berkas permohonan dengan pemeriksaan", "payung sunting BH-2026-0001", "case_editing"),
    Command(
        "isi-lama",
        "isi berkas permohonan yang dulu: lihat, bandingkan, kembalikan",
        "payung isi-lama BH-2026-0001 --kembalikan 3",
        "case_history",
    ),
    Command(
        "verifikasi",
        "teruskan, minta lengkapi, atau tolak sebuah permohonan",
        "payung verifikasi BH-2026-0001 --teruskan --oleh pengelola",
        "workflow_steps",
    ),
    Command(
        "tugaskan",
        "tunjuk penyusun dan pemeriksa",
        "payung tugaskan BH-2026-0001 --analis analis --pemeriksa kabag",
        "workflow_steps",
    ),
    Command(
        "hambatan",
        "catat apa yang menghambat sebuah permohonan, atau seluruh kantor",
        'payung hambatan BH-2026-0001 --oleh analis --jenis koordinasi --uraian "Data BKD belum ada."',
        "obstacle_command",
    ),
    Command(
        "koordinasi",
        "catat permintaan kepada instansi lain, dan jawabannya",
        'payung koordinasi BH-2026-0001 --oleh analis --kepada BKD --perihal "Riwayat disiplin"',
        "case_notes_commands",
    ),
    Command(
        "jadwal",
        "catat janji bertemu atau berbicara dengan pemohon",
        'payung jadwal BH-2026-0001 --oleh analis --waktu "2026-12-01 10.00" --cara telepon',
        "case_notes_commands",
    ),
    Command(
        "susun",
        "nyatakan kajian siap diperiksa; tulis ke Word dan baca kembali",
        "payung susun BH-2026-0001 --selesai",
        "study_command",
    ),
    Command("setujui", "setujui kajian", "payung setujui BH-2026-0001 --oleh kabag", "workflow_steps"),
    Command(
        "kembalikan",
        "kembalikan kajian dengan catatan",
        'payung kembalikan BH-2026-0001 --oleh kabag --catatan "Perjelas isu kedua."',
        "workflow_steps",
    ),
    Command(
        "sampaikan",
        "catat nomor surat dan penyampaian jawaban",
        "payung sampaikan BH-2026-0001 --nomor-surat 180/12/Huk-2026",
        "workflow_steps",
    ),
    Command(
        "batalkan",
        "catat bahwa pemohon menarik permohonannya",
        'payung batalkan BH-2026-0001 --catatan "Lewat telepon, 3 Juli."',
        "workflow_steps",
    ),
    Command(
        "keberatan",
        "catat keberatan pemohon atas penolakan, lalu putusan kepala bagian",
        "payung keberatan BH-2026-0001 --oleh pengelola",
        "objection_command",
    ),
    Command(
        "lanjutan",
        "daftarkan pertanyaan lanjutan atas permohonan yang sudah dijawab",
        "payung lanjutan BH-2026-0001 --kode-sama --setuju",
        "follow_up_command",
    ),
    Command(
        "pesan",
        "pesan pemohon yang dikirim dengan kodenya: lihat, tangani; tulis kepada pemohon",
        "payung pesan BH-2026-0001 --tulis --oleh pengelola",
        "message_command",
    ),
    Command(
        "publikasikan",
        "tulis ulang yang sudah dijawab menjadi tanya jawab di situs; setujui, atau cabut",
        "payung publikasikan BH-2026-0001 --oleh analis --topik pengadaan",
        "retelling_command",
    ),
    Command(
        "arsipkan",
        "simpan permohonan yang sudah selesai ke arsip",
        "payung arsipkan BH-2026-0001",
        "workflow_steps",
    ),
    Command(
        "surat",
        "surat sebuah permohonan dengan keadaannya; putuskan tentang surat yang disunting",
        "payung surat BH-2026-0001 --ambil --oleh analis",
        "letter_command",
    ),
    Command(
        "email",
        "email yang menunggu, gagal, atau tidak pasti; kirim ulang, tahan, lepas, batal",
        "payung email ulang BH-2026-0001.dijawab",
        "email_queue",
    ),
    Command(
        "identitas",
        "buka identitas pemohon; tercatat di riwayat",
        'payung identitas BH-2026-0001 --alasan "memeriksa NIP"',
        "identity_command",
    ),
    Command(
        "kode",
        "buat kode baru bagi pemohon yang tidak punya kode atau kehilangan kodenya; tercatat di riwayat",
        'payung kode BH-2026-0001 --alasan "kode hilang, kartu pegawai diperiksa"',
        "code_command",
    ),
    Command(
        "cadangkan",
        "cadangkan register, kiriman, dan halaman kantor; kuncinya terpisah",
        "payung cadangkan /media/cadangan --kunci /media/kunci",
        "backup_command",
    ),
    Command(
        "pulihkan",
        "pulihkan dari cadangan, atau coba saja; terima register yang dipulihkan, dan daftarkan lagi yang hilang",
        "payung pulihkan --latihan",
        "restore_command",
    ),
    Command(
        "perbarui",
        "bawa versi program yang lebih baru ke folder kantor: rencana dahulu, dapat dikembalikan",
        "payung perbarui",
        "upgrade_command",
    ),
    Command(
        "kecualikan",
        "nyatakan bahwa temuan pemeriksaan kebocoran bukan identitas siapa pun; tercatat di riwayat",
        'payung kecualikan BH-2026-0001 --oleh pengelola --alasan "nama peraturan"',
        "leak_exception_command",
    ),
    Command(
        "survei",
        "survei kepuasan: keadaan, saran, dan jawaban dari tempat lain",
        "payung survei impor survei-2025.csv --lama 2025",
        "survey_command",
    ),
    Command(
        "kegiatan",
        "sosialisasi, pelatihan, dan edukasi netralitas: lihat atau catat",
        "payung kegiatan tambah --oleh pengelola --jenis sosialisasi --tanggal 2026-07-02 --cara apel --hadir 40",
        "record_commands",
    ),
    Command(
        "risiko", "risiko layanan dengan skornya: lihat, mulai, atau catat tinjauan", "payung risiko", "record_commands"
    ),
    Command(
        "rencana",
        "rencana aksi sesudah evaluasi: lihat, tambah, atau nyatakan selesai",
        'payung rencana 2026-1 --selesai --oleh kabag --hasil "Dua pemeriksa bertugas."',
        "record_commands",
    ),
    Command("pemantauan", "catatan gugus tugas netralitas: lihat atau catat", "payung pemantauan", "record_commands"),
    Command(
        "laporan",
        "laporan triwulan dan tahunan dalam Word, dan angka layanan untuk kantor sendiri",
        "payung laporan triwulan 2026-3",
        "report_commands",
    ),
    Command(
        "kinerja",
        "angka yang terbit di situs: keadaan, pratinjau, hitung ulang",
        "payung kinerja --simulasi",
        "publication_command",
    ),
    Command(
        "rekap",
        "jumlahkan angka terbitan beberapa instansi dari berkas rekap.json-nya",
        "payung rekap kiriman/ --periode 2026-3",
        "recap_command",
    ),
    Command(
        "testimoni",
        "kata pemohon tentang layanan, dengan persetujuan tertulisnya: catat, setujui, tarik",
        "payung testimoni 2026-07-02 --setujui --oleh kabag",
        "testimonial_command",
    ),
    Command("terbitkan", "bangun situs melalui pemeriksaan kebocoran", "payung terbitkan", "pass_commands"),
    Command("periksa", "periksa pengaturan, kunci, templat, dan semua permohonan", "payung periksa", "office_setup"),
    Command("formulir", "buat Formulir Google atau formulir cetak", "payung formulir cetak", "office_setup"),
    Command(
        "cetak",
        "leaflet, poster, slide, gambar, formulir kertas, dan SOP untuk dicetak dan dibagikan",
        "payung cetak poster slide",
        "print_command",
    ),
)
"""Every command, in the order of ``payung --help``."""
