"""What keeps figures and testimonials from being published, for ``payung periksa``."""

from collections.abc import Iterator

from processor.foundation.errors import PayungError, Problem
from processor.operations.figures import next_publication, testimonial_acts
from processor.operations.office import Office


def check(office: Office) -> Iterator[Problem]:
    """Find what somebody must settle or mend before the next publication."""
    yield from testimonial_acts.mistakes(office)
    if office.settings.evaluasi.terbit is not None:
        try:
            next_publication.check_ready(office)
        except (PayungError, OSError) as error:
            yield Problem("Kinerja layanan", None, f"Penerbitan berikutnya akan ditahan: {error}")
