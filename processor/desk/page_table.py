"""What stands under each address of the desk: the page that is shown there, and the act that is done by posting to it.

A page module knows its pages; this table is the one list of them, for the server, and for the tests that open or post
to each.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from processor.desk import (
    calendar_download,
    case_list,
    check_page,
    code_page,
    complaint_new_page,
    complaints_page,
    confirm_page,
    counter_pages,
    evaluation_page,
    follow_up_page,
    home_page,
    letters_page,
    list_pages,
    many_steps,
    message_page,
    officer_pages,
    outbox_page,
    publication_pages,
    quality_page,
    recap_page,
    record_pages,
    referral_page,
    report_pages,
    retelling_page,
    retold_list,
    sealed_pages,
    step_acts,
    study_page,
    survey_page,
    testimonial_page,
    yaml_page,
)
from processor.desk.counting_page import once_counted
from processor.desk.permissions import Act, View
from processor.desk.record_forms import KINDS
from processor.desk.visit import Elsewhere, Sent, Visit


@dataclass(frozen=True, slots=True)
class Page:
    """A page under ``path`` (as Starlette writes paths; its parts stand in ``Visit.asked``).

    ``show`` makes it, or what is sent instead. ``act`` does what is posted there and gives where to go, what is sent,
    or the page again with what is wrong. Who may see it says ``view``, who may post ``does``, by the table of roles; a
    page of several acts leaves that to each of them.
    """

    path: str
    show: Callable[[Visit], str | Sent] | None = None
    act: Callable[[Visit], Elsewhere | Sent | str] | None = None
    view: View = "permohonan"
    does: Act | None = None


_OWN: Act = "catatan_kantor"
PAGES = (
    Page("", home_page.front_page, view="daftar"),
    Page("daftar", case_list.list_page, view="daftar"),
    Page("daftar.xlsx", case_list.list_workbook, view="daftar"),
    Page("daftar.csv", case_list.list_csv, view="daftar"),
    Page("kalender.ics", calendar_download.calendar_file, view="daftar"),
    Page("cari", list_pages.search_page),
    Page("evaluasi", evaluation_page.evaluation_page, view="laporan"),
    Page(
        "laporan", once_counted(report_pages.report_page), report_pages.report_act, view="laporan", does="buat_laporan"
    ),
    Page("testimoni", testimonial_page.testimonial_page, testimonial_page.testimonial_act, does="testimoni"),
    Page("tanya-jawab", retold_list.retold_page),
    Page("survei", once_counted(survey_page.survey_page), survey_page.import_act, view="laporan", does="impor_survei"),
    Page("rekap", recap_page.recap_page, recap_page.begin_recap, view="laporan", does="buat_laporan"),
    Page("rekap/{berkas}", recap_page.recap_file, view="laporan"),
    Page("mutu", once_counted(quality_page.quality_page), view="laporan"),
    Page("kinerja", publication_pages.publication_page, publication_pages.publication_act, "laporan", "terbitan"),
    Page("kinerja/pratinjau", publication_pages.preview_page, publication_pages.begin_preview, "angka_kantor"),
    Page("laporan/{periode}/{berkas}", report_pages.report_file, view="laporan"),
    *(
        Page(kind, partial(record_pages.record_page, kind), partial(record_pages.record_act, kind), "laporan", _OWN)
        for kind in KINDS
    ),
    Page("periksa", check_page.check_page, check_page.begin_check, does="periksa"),
    Page("pengaduan", complaints_page.complaints_page, view="pengaduan"),
    Page("pengaduan/baru", complaint_new_page.new_page, complaint_new_page.take_new, "pengaduan", "tindak_pengaduan"),
    Page("pengaduan/baru/draf", act=complaint_new_page.keep_act, view="pengaduan", does="tindak_pengaduan"),
    Page("pengaduan/baru/{key}", complaint_new_page.draft_page, view="pengaduan"),
    Page("pengaduan/{number}", complaints_page.complaint_page, view="pengaduan"),
    Page(
        "pengaduan/{number}/buka",
        complaints_page.complaint_page,
        complaints_page.open_words,
        "pengaduan",
        "tindak_pengaduan",
    ),
    Page("pengaduan/{number}/kode", code_page.reason_page, code_page.make_act, "pengaduan", "kode"),
    Page(
        "pengaduan/{number}/{step}",
        complaints_page.complaint_page,
        complaints_page.take_step,
        "pengaduan",
        "tindak_pengaduan",
    ),
    Page("arsip", list_pages.archive_page, view="daftar"),
    Page("email", outbox_page.outbox_page, outbox_page.decide_act, "email", "urus_email"),
    Page("loket", counter_pages.counter_page, counter_pages.begin, "loket", "terima"),
    Page("loket/rujukan", referral_page.referral_page, referral_page.refer_act, "loket", "terima"),
    Page("loket/{key}", counter_pages.form_page, counter_pages.form_act, "loket", "terima"),
    Page("loket/{key}/draf", act=counter_pages.keep_act, view="loket", does="terima"),
    Page("loket/{key}/baca", counter_pages.read_page, counter_pages.file_act, "loket", "terima"),
    Page("loket/selesai/{number}", counter_pages.filed_page, view="loket"),
    Page("loket/selesai/{number}/tanda-terima", counter_pages.receipt_page, view="loket"),
    Page("{number}/kajian", study_page.study_page, study_page.study_act),
    Page("{number}/kajian/draf", act=study_page.draft_act, does="susun"),
    Page("{number}/kajian/pratinjau", act=study_page.preview_act),
    Page("{number}/kajian/pdf", act=study_page.pdf_act),
    Page("{number}/kajian/word", study_page.word_page),
    Page("beberapa/{step}", many_steps.many_page, many_steps.take_in_many),
    Page("{number}/kode", code_page.reason_page, code_page.make_act, does="kode"),
    Page("{number}/lanjutan", follow_up_page.follow_up_page, follow_up_page.ask_act, does="lanjutan"),
    Page("{number}/tanya-jawab", retelling_page.retelling_page, retelling_page.retelling_act, does="tanya_jawab"),
    Page("{number}/berkas", yaml_page.yaml_page, yaml_page.save_yaml),
    Page("{number}/surat", letters_page.letters_page, letters_page.decide_letter),
    Page("{number}/identitas", sealed_pages.reason_page, sealed_pages.open_identity, does="identitas"),
    Page("{number}/identitas/{tiket}", sealed_pages.identity_page),
    Page("{number}/lampiran", act=sealed_pages.open_attachment, does="identitas"),
    Page("{number}/langkah/{step}", step_acts.step_page, step_acts.take_step),
    Page("{number}/pesan", act=message_page.read_act, does="baca_pesan"),
    Page("{number}/kontak", act=message_page.data_act, does="terapkan_data"),
    Page("{number}/teguhkan", act=confirm_page.confirm_act),
    Page("{number}", lambda visit: officer_pages.case_page(visit, visit.asked["number"])),
)
"""The first that fits an address stands there."""
