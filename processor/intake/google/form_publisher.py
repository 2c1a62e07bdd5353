"""Makes or updates the form at Google from its definition, publishes it, and lists what the API cannot do as steps."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from processor.foundation.errors import PayungError, SourceFailed
from processor.foundation.form_definition import Form
from processor.intake.google import form_ids
from processor.intake.google.client import PATIENCE, Patience, execute
from processor.intake.google.form_ids import FormLock
from processor.intake.google.form_items import FormUpdate, build_requests, one_line, question_in

_FROM_PAGE = {"kode_lacak", "kunci_balasan"}
_HEXADECIMAL = re.compile(r"[0-9a-f]+")


@dataclass(frozen=True, slots=True)
class Published:
    """The form at Google. ``prefilled`` is a link with ``{kode_lacak}`` and ``{kunci_balasan}`` to fill in."""

    form_id: str
    responder_uri: str
    prefilled: str
    manual_steps: tuple[str, ...]


def publish(
    service: Any,
    form: Form,
    lock_path: Path,
    form_id: str = "",
    drive: Any = None,
    patience: Patience = PATIENCE,
    *,
    now: datetime,
) -> Published:
    """Make or update the Google Form of ``form``, publish it and write the lock file.

    Args:
        service: ``client.connect(..., WRITE)``.
        form: the definition.
        lock_path: the lock file, made where there is none.
        form_id: an existing form to take over when the lock knows none.
        drive: a Drive client with the drive.file scope; finds a form whose making was cut off.
        patience: time limits and retries.
        now: aware; from now on responses are known to have seen the terms of ``form``.

    Raises:
        SourceFailed: Google could not be used, or somebody changed the form meanwhile.
        BrokenFiles: the lock file is damaged.
        PayungError: the lock and ``form_id`` name two forms.
    """
    lock = form_ids.read(lock_path)
    if form_id and lock.form_id not in {"", form_id}:
        raise PayungError(
            f"{lock_path.name} mencatat formulir lain daripada sumber.google.formulir di payung.yaml. Samakan; atau, "
            f"bila memang berganti formulir, hapus {lock_path.name}, lalu jalankan lagi."
        )
    if not lock.form_id:
        lock = replace(lock, form_id=form_id) if form_id else _create(service, form, lock_path, lock, drive, patience)
        form_ids.write(lock_path, replace(lock, intent=""))
    body = _read_form(service, lock.form_id, patience)
    plan = build_requests(form, body, lock)
    if plan.requests:
        _send_batch(service, lock.form_id, body, plan, patience)
    state = _publish_once(service, lock.form_id, body, patience)
    body = _read_form(service, lock.form_id, patience) if plan.requests else body
    done = replace(plan.lock, revision=body.get("revisionId", ""), responder=body.get("responderUri", ""), intent="")
    done = done.showing(form, now)
    form_ids.write(lock_path, done)
    link = prefilled(form, done)
    return Published(done.form_id, done.responder, link, (*plan.notes, *state, *manual_steps(form, body, done, link)))


def prefilled(form: Form, lock: FormLock) -> str:
    """Make the link that fills in what the site's page makes; an entry's number is the question id as hexadecimal."""
    entries = []
    for question in form.pertanyaan:
        question_id = lock.questions.get(question.kunci, "")
        if question.jenis in _FROM_PAGE and _HEXADECIMAL.fullmatch(question_id):
            entries.append(f"&entry.{int(question_id, 16)}={{{question.kunci}}}")
    return f"{lock.responder}?usp=pp_url{''.join(entries)}" if lock.responder and entries else lock.responder


def manual_steps(form: Form, body: Mapping[str, Any], lock: FormLock, link: str) -> tuple[str, ...]:
    """List what a person must do in Google Forms, because its API cannot."""
    uploads = {item.get("itemId") for item in body.get("items", []) if "fileUploadQuestion" in question_in(item)}
    files = [q for q in form.pertanyaan if q.jenis == "berkas" and lock.items.get(q.kunci) not in uploads]
    return (
        *(
            f"“{question.judul}”: API Google tidak dapat membuat unggahan, jadi sekarang berupa isian tautan. Bila "
            "ingin unggahan: tambahkan pertanyaan “Upload file” berjudul sama persis, hapus yang lama, lalu jalankan "
            "perintah ini lagi. Ingat: pemohon lalu wajib masuk ke akun Google."
            for question in files
        ),
        *(f"“{q.judul}”: ⋮ > Validasi respons > {_RULES[q.jenis]}." for q in form.pertanyaan if q.jenis in _RULES),
        "Setelan > Respons > Batasi ke 1 respons: biarkan mati (menyalakannya mewajibkan akun Google).",
        "Setelan > Respons > Izinkan pengeditan respons: boleh hidup; setiap perubahan tercatat pada riwayat.",
        "Setelan > Presentasi > Pesan konfirmasi: “Permohonan Anda sedang diproses. Simpan kode Anda.”",
        "Publikasikan > Kelola > Penjawab: pilih “Siapa saja yang memiliki link”.",
        "Bagikan formulir sebagai editor kepada akun layanan (client_email pada berkas kredensial).",
        f"Di payung.yaml, isi sumber.google.formulir dengan {lock.form_id} dan situs.formulir_google dengan {link}",
    )


_RULES = {
    "nip": "Ekspresi reguler > Cocok > [0-9 ]{18,21}, dengan pesan “NIP 18 digit”",
    "email": "Teks > Email",
    "telepon": "Ekspresi reguler > Cocok > [0-9+ -]{8,20}",
}


def _read_form(service: Any, form_id: str, patience: Patience) -> Mapping[str, Any]:
    """Read the form as Google has it."""
    body = execute(service.forms().get(formId=form_id), patience)
    if not isinstance(body, dict):
        raise SourceFailed("Formulir Google tidak terbaca. Jalankan lagi.")
    return body


def _send_batch(service: Any, form_id: str, body: Mapping[str, Any], plan: FormUpdate, patience: Patience) -> None:
    """Send the batch, all or nothing, only if nobody has changed the form since it was read."""
    request = {"requests": list(plan.requests), "writeControl": {"requiredRevisionId": body.get("revisionId", "")}}
    try:
        execute(service.forms().batchUpdate(formId=form_id, body=request), patience, again=False)
    except SourceFailed as error:
        if _read_form(service, form_id, patience).get("revisionId") != body.get("revisionId"):
            raise SourceFailed("Formulir Google berubah sewaktu diperbarui. Jalankan perintah ini lagi.") from error
        raise


def _publish_once(service: Any, form_id: str, body: Mapping[str, Any], patience: Patience) -> tuple[str, ...]:
    """Publish a form that never was; one that staff have closed stays closed. Old forms have no such setting."""
    if "publishSettings" not in body:
        return ()
    state = body["publishSettings"].get("publishState", {})
    if state.get("isPublished"):
        closed = "Formulir sedang tidak menerima tanggapan; dibiarkan. Buka di Google Formulir bila waktunya."
        return () if state.get("isAcceptingResponses") else (closed,)
    settings = {"publishSettings": {"publishState": {"isPublished": True, "isAcceptingResponses": True}}}
    execute(service.forms().setPublishSettings(formId=form_id, body=settings), patience)
    return ()


def _create(service: Any, form: Form, lock_path: Path, lock: FormLock, drive: Any, patience: Patience) -> FormLock:
    """Make an empty form. The intent is written first: a cut-off attempt is looked for, never repeated blindly."""
    if lock.intent:
        found = _find_cut_off_form(drive, lock, lock_path, patience)
        if found:
            return replace(lock, form_id=found)
    lock = FormLock(intent=f"{one_line(form.judul)} ({uuid4().hex[:12]})")
    form_ids.write(lock_path, lock)
    body = {"info": {"title": one_line(form.judul), "documentTitle": lock.intent}}
    try:
        made = execute(service.forms().create(body=body), patience, again=False)
    except SourceFailed as error:
        raise SourceFailed(
            f"{error} Formulir mungkin sudah terbuat. Akun layanan tidak dapat memiliki formulir: buat formulir kosong "
            "dengan akun dinas, bagikan sebagai editor kepada akun layanan, lalu isi sumber.google.formulir."
        ) from error
    return replace(lock, form_id=str(made["formId"]))


def _find_cut_off_form(drive: Any, lock: FormLock, lock_path: Path, patience: Patience) -> str:
    """Find the form that an earlier attempt made; "" when there is certainly none."""
    if drive is None:
        raise SourceFailed(
            f"Pembuatan formulir sebelumnya terputus. Cari “{lock.intent}” di Google Drive. Bila ada, isi kuncinya "
            f"pada sumber.google.formulir; bila tidak ada, hapus {lock_path.name}. Lalu jalankan lagi."
        )
    name = lock.intent.replace("\\", "\\\\").replace("'", "\\'")
    query = f"name = '{name}' and trashed = false"
    answer = execute(drive.files().list(q=query, orderBy="createdTime", fields="files(id)"), patience)
    found = [str(file["id"]) for file in answer.get("files", [])]
    return found[0] if found else ""
