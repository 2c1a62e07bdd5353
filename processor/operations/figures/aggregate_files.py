"""Makes this office's own file of figures (``rekap.json``) from what it published, signed with a key of its own.

Readers know the office by that key, so one that is lost is never replaced in silence.
"""

from collections.abc import Iterator

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from processor.cases import aggregate_key
from processor.cases.records import Event
from processor.evaluation import aggregate, frozen_publication
from processor.foundation.errors import PayungError, Problem
from processor.foundation.settings_agency import Agency
from processor.operations import side_journal
from processor.operations.act_journal import Person
from processor.operations.figures import next_publication
from processor.operations.office import Office
from processor.site import published_figures

FILE_NAME = published_figures.RECAP
_EVENT, _PUBLIC = "kunci_rekap", "kunci"
_WAIT = 10.0  # seconds for another process


def signed(office: Office) -> bytes | None:
    """Write the file of all that was published; None where nothing was. The same publications give the same bytes.

    Raises:
        PayungError: The key is lost, damaged or another than before, or a publication cannot be read.
        OSError: The disk refuses.
    """
    texts = next_publication.files_of(office).texts()
    if not texts:
        return None
    published = [frozen_publication.from_json(text) for text in texts.values()]
    content = aggregate.of_publications(agency_name(office.settings.instansi), published).content()
    aggregate.read(content)  # what others would refuse is not given out
    return aggregate_key.sign(_key(office), content)


def agency_name(agency: Agency) -> str:
    """Give the name under which an agency's figures are added up."""
    return f"{agency.nama}, {agency.induk}"


def public_key(office: Office) -> str:
    """Give the public half of the key with which this office signs; "" while it has none. Raises as ``signed``."""
    known = _known(office)
    return aggregate_key.public_text(_key(office)) if known or aggregate_key.load(office.settings.recap_key) else ""


def problems(office: Office) -> Iterator[Problem]:
    """Find what is wrong with the key; writes nothing. Raises OSError where the disk refuses."""
    try:
        public_key(office)
    except PayungError as error:
        yield problem(error)


def problem(error: PayungError) -> Problem:
    """Say that the file is not given out, and why."""
    return Problem(FILE_NAME, None, f"Berkas angka untuk instansi lain tidak terbit. {error}")


def replace_key(office: Office, by: Person) -> str:
    """Make a new key in the place of a lost one, or of one that others may have seen; give its public half.

    The journal says who did it. Whoever gathers the figures has to be told. Raises OSError.
    """
    with office.register.lock(_WAIT):
        return aggregate_key.public_text(_new(office, by))


def _key(office: Office) -> Ed25519PrivateKey:
    """Give the key, made when it is needed for the first time. Raises as ``signed``."""
    found, known = aggregate_key.load(office.settings.recap_key), _known(office)
    if found is None and not known:
        with office.register.lock(_WAIT):
            return _new(office, Person("payung"))
    if found is None or (known and aggregate_key.public_text(found) != known):
        raise PayungError(_LOST.format(office.settings.recap_key))
    return found


_LOST = (
    "Kunci rekap yang biasa dipakai tidak ada di {}, atau lain. Pulihkan dari cadangan. Bila tidak ada lagi: "
    "payung rekap --kunci-baru --oleh PETUGAS, lalu beri tahu sidik barunya kepada yang menghimpun."
)


def _new(office: Office, by: Person) -> Ed25519PrivateKey:
    made = aggregate_key.create(office.settings.recap_key)
    data = {_PUBLIC: aggregate_key.public_text(made)} | ({"akun": by.account} if by.account else {})
    event = Event(_EVENT, office.now(), by.officer or by.account or "petugas", data)
    side_journal.append(office.register, next_publication.FOLDER, event)
    return made


def _known(office: Office) -> str:
    """Give the public half of the key that was made last, as the register's journal has it; "" for none."""
    events, _ = side_journal.read(office.register, next_publication.FOLDER)
    return next((str(one.data.get(_PUBLIC, "")) for one in reversed(events) if one.kind == _EVENT), "")
