"""By what lists find a case beside its status: topic, channel, obstacles, objection, what it follows. Pure.

Words of the settings and of our own alone: nothing an applicant wrote, and no unit.
"""

from processor.cases import objections
from processor.cases.case_file import CaseFile, channel_of

UNDECIDED = "belum_diputus"
"""The label of an objection that nobody has decided."""


def labels(case: CaseFile) -> dict[str, str]:
    """Give the labels of a case by their names; "" for what it does not have, several with a blank between two."""
    objected = objections.recorded(case)
    return {
        "topic": case.verifikasi.topik,
        "channel": channel_of(case) or "",
        "obstacles": " ".join(sorted({one.jenis for one in case.hambatan if one.jenis})),
        "objection": (objected.putusan or UNDECIDED) if objected else "",
        "follows": case.lanjutan_dari,
    }
