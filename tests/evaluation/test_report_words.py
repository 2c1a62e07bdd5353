"""Sentences of a report say what its figures say, with Indonesian numbers, and judge nothing."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from processor.evaluation import recommendations, report_words
from processor.evaluation.figure import Figure, FigureRow
from processor.evaluation.figures import Figures
from processor.evaluation.periods import Period
from processor.evaluation.report_words import Compared
from tests.evaluation.test_figures import computed

ASPECTS = range(1, 7)


def with_values(found: Figures, key: str, of: int, **values: int | Decimal | None) -> Figures:
    """These figures with one that counts otherwise; rows that are not named count nothing."""
    one = found[key]
    rows = tuple(replace(row, value=values.get(row.key, 0)) for row in one.rows)
    changed = replace(one, rows=rows, of=of)
    return replace(found, all=tuple(changed if each.key == key else each for each in found))


THIRD = Period(2026, 3)


def empty(period: Period = THIRD, made: date = date(2026, 11, 27)) -> Figures:
    """Figures of a period in which nothing happened."""
    found = computed(1, Period(2030))
    return replace(found, period=period, made=made)


def said(found: Figures, aspect: int, before: Figures | None = None) -> str:
    return " ".join(report_words.of_aspect(Compared(found, before), aspect))


def test_requests_are_compared_with_the_period_before() -> None:
    now = with_values(empty(), "permohonan.hasil", 12, dijawab=8, ditolak=2, dibatalkan=1, terbuka=1)
    now = with_values(now, "permohonan.tindak_lanjut", 12, ditindaklanjuti=10)
    for count, change in {8: "naik 4 dari 8", 15: "turun 3 dari 15", 12: "sama banyak seperti 12"}.items():
        before = with_values(empty(Period(2026, 2)), "permohonan.hasil", count, dijawab=count)
        assert said(now, 1, before).startswith(
            f"Pada Triwulan III Tahun 2026 didaftarkan 12 permohonan, {change} pada Triwulan II Tahun 2026."
        )
    assert " ".join(report_words.summary(Compared(now))) == (
        "Pada Triwulan III Tahun 2026 didaftarkan 12 permohonan. Sebanyak 10 dari 12 permohonan (83,3 %) sudah "
        "ditindaklanjuti. Menurut hasilnya: 8 dijawab, 2 ditolak dengan alasan, 1 masih berjalan, dan 1 ditarik "
        "pemohon."
    )


def test_a_period_that_still_runs_is_told_so() -> None:
    assert "yang belum berakhir, didaftarkan 0 permohonan" in said(empty(made=date(2026, 9, 30)), 1)
    assert "belum berakhir" not in said(empty(made=date(2026, 10, 1)), 1)


def test_a_period_before_which_nothing_was_registered_is_compared_with_nothing() -> None:
    assert Compared.of(empty(), empty(Period(2026, 2))).before is None
    before = with_values(empty(Period(2026, 2)), "permohonan.hasil", 1, dijawab=1)
    assert Compared.of(empty(), before).before is before


def test_several_that_are_asked_for_equally_often_are_all_named() -> None:
    found = with_values(empty(), "permohonan.topik", 7, netralitas=2, pengadaan=2, keuangan_aset=2, lainnya=1)
    assert "Topik yang paling banyak: netralitas, pengadaan, dan keuangan aset (masing-masing 2)." in said(found, 1)
    assert report_words.most_frequent(empty()["permohonan.topik"]) == ""


def test_what_nobody_filled_in_is_no_topic_that_is_asked_for() -> None:
    rows = (FigureRow("tun", "TUN", 2, "permohonan"), FigureRow("", "Belum diisi", 9, "permohonan"))
    one = Figure("permohonan.topik", "Topik", 1, rows, 11, "permohonan", "x.")
    assert report_words.most_frequent(one) == "TUN (2)"


def test_promises_of_time_are_told_as_they_were_kept() -> None:
    now = with_values(empty(), "kecepatan.janji", 12, tepat_waktu=9, terlambat=1, berjalan_terlambat=2)
    before = with_values(empty(Period(2026, 2)), "kecepatan.janji", 4, tepat_waktu=2, terlambat=2)
    text = said(now, 2, before)
    assert (
        "Sebanyak 9 dari 10 jawaban (90,0 %) disampaikan dalam batas waktu; pada Triwulan II Tahun 2026 50,0 %." in text
    )
    assert "Sebanyak 2 permohonan yang masih berjalan sudah lewat batas waktunya." in text
    assert recommendations.recommendations(Compared(now))[2] == (
        "Kurangi keterlambatan: 3 permohonan melewati batas waktunya.",
    )


def test_how_long_it_took_is_told_where_anything_was_answered() -> None:
    times: dict[str, int | Decimal | None] = {
        "median": Decimal("436.5"),
        "persentil_90": 1200,
        "dalam_batas": 7,
        "dalam_sasaran": 6,
    }
    text = said(with_values(empty(), "kecepatan.sejak_dikirim", 8, **times), 2)
    assert "separuh dijawab dalam 436,5 menit kerja atau kurang, sembilan dari sepuluh dalam 1.200 menit kerja" in text
    assert "Sebanyak 6 dari 8 jawaban (75,0 %) memenuhi sasaran." in text
    assert said(with_values(empty(), "kecepatan.sejak_dikirim", 0), 2) == "Pada periode ini tidak ada yang dihitung."


def test_complaints_and_appointments_are_told() -> None:
    assert "Tidak ada pengaduan tentang layanan." in said(with_values(empty(), "pengaduan.tahap", 0), 4)
    now = with_values(empty(), "pengaduan.tahap", 3, selesai=2, dijawab=1)
    now = with_values(now, "pengaduan.waktu", 3, ya=2, tidak=1)
    assert "Ada 3 pengaduan tentang layanan; 2 sudah selesai, dan pada 1 di antaranya ada batas" in said(now, 4)
    assert "Dicatat 4 janji bertemu" in said(with_values(empty(), "jadwal.cara", 4, telepon=4), 5)


def test_the_step_that_is_late_most_often_is_named() -> None:
    now = with_values(empty(), "kecepatan.verifikasi", 10, dalam_batas=9)
    now = with_values(now, "kecepatan.pemeriksaan", 4, dalam_batas=1)
    now = with_values(now, "kecepatan.janji", 4, terlambat=1)
    assert "Tahap yang paling sering lewat batasnya: pemeriksaan (3 dari 4)." in said(now, 2)
    assert "terutama pada tahap pemeriksaan" in recommendations.recommendations(Compared(now))[2][0]


def test_marks_returns_and_objections_are_told() -> None:
    now = with_values(
        empty(), "mutu.nilai", 5,
        dinilai=2, fakta=Decimal("3.50"), isu=Decimal("2.25"), dasar_hukum=None, analisis=None, saran=None,
    )  # fmt: skip
    now = with_values(now, "keberatan.putusan", 2, dikabulkan=1, ditolak=1)
    text = said(now, 3)
    assert "Sebanyak 2 dari 5 kajian yang dijawab (40,0 %) dinilai mutunya oleh pemeriksa." in text
    assert "tertinggi pada fakta (3,50 dari 4), terendah pada isu (2,25 dari 4)" in text
    assert "Ada 2 keberatan atas penolakan; 1 dikabulkan." in text


def test_a_survey_that_too_few_answered_is_said_to_be_so_and_one_that_counts_is_shown() -> None:
    few = with_values(empty(), "kepuasan.tanpa_surat_suara", 0, ikm=None)
    assert said(few, 4).startswith("Indeks kepuasan masyarakat tidak ditampilkan, sebab jawaban survei belum cukup.")
    assert "tanpa kartu survei" not in said(few, 4)
    assert 4 in recommendations.recommendations(Compared(empty()))
    now = with_values(empty(), "kepuasan.skm", 29, ikm=Decimal("91.48"))
    now = with_values(now, "kepuasan.sasaran", 50, sasaran=44)
    before = with_values(empty(Period(2026, 2)), "kepuasan.skm", 12, ikm=Decimal("88.30"))
    words = "Indeks kepuasan masyarakat 91,48 dari 29 jawaban (sasaran 44); pada Triwulan II Tahun 2026 88,30."
    assert words in said(now, 4, before)
    assert 4 not in recommendations.recommendations(Compared(now))
    now = with_values(now, "kepuasan.tanpa_surat_suara", 7, ikm=Decimal("80.00"))
    assert "Jawaban tanpa kartu survei dihitung tersendiri: indeks 80,00 dari 7 jawaban." in said(now, 4)


def test_forms_are_told_from_other_ways() -> None:
    now = with_values(empty(), "permohonan.kanal", 4, situs=1, ekspor=2, loket=1)
    assert "Sebanyak 3 dari 4 permohonan (75,0 %) datang lewat formulir elektronik, sisanya" in said(now, 5)
    assert "sisanya" not in said(with_values(empty(), "permohonan.kanal", 1, google=1), 5)


def test_obstacles_and_what_others_still_owe_are_told() -> None:
    now = with_values(empty(), "hambatan.jenis", 3, koordinasi=2, teknis=1)
    now = with_values(now, "koordinasi.jawaban", 5, dijawab=2, ditunggu=1, ditunggu_lewat=2)
    text = said(now, 6)
    assert "Dicatat 3 hambatan pada permohonan; yang paling banyak: koordinasi (2)." in text
    assert "Tidak ada hambatan kantor sendiri yang dicatat." in text
    assert "Dari 5 permintaan kepada instansi lain, 3 masih ditunggu jawabannya." in text
    assert recommendations.recommendations(Compared(now))[6] == (
        "Tangani hambatan pada permohonan yang paling banyak: koordinasi (2).",
    )


def test_whatever_happened_sentences_are_whole_and_no_number_is_english() -> None:
    for seed in range(12):
        found = Compared.of(computed(seed, Period(2026, 3)), computed(seed, Period(2026, 2)))
        proposed = [text for texts in recommendations.recommendations(found).values() for text in texts]
        for text in (
            *report_words.summary(found),
            *(s for n in ASPECTS for s in report_words.of_aspect(found, n)),
            *proposed,
        ):
            assert re.fullmatch(r"[A-Z].*\.", text), text
            assert not re.search(r"None|  |\d\.\d{1,2}\b|\d,\d{3}\b", text), text
