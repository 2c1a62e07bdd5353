"""Templates of letters with the traits of those that government offices use.

Each is made here, from the styles of the shipped template; nothing of it is anybody's.
"""

from tests.letters.word.government_pieces import (
    COPIES,
    F4,
    KOP,
    KOP_LINES,
    NUMBER,
    ROWS,
    SIGNED,
    Sample,
    box,
    centred,
    emblem,
    framed,
    group,
    page_of,
    styled,
    tabbed,
)
from tests.letters.word.word_xml import field as word_field
from tests.letters.word.word_xml import par, run, table


def invitation() -> Sample:
    """An undangan on F4: kop with picture, tabs after each word, day and place in lines, copies."""
    lines = "".join(
        par(f"{name}\t: {what}", properties=tabbed(1500, 4000))
        for name, what in (
            ("Nomor", "{{ penyampaian.nomor_surat }}"),
            ("Sifat", "{{ surat.sifat }}"),
            ("Hal", "Undangan"),
            ("Hari", "{{ tanggal_diterima }}"),
        )
    )
    body = KOP + lines + par("Yth. {{ pemohon.nama }}") + par("di Tempat") + SIGNED + COPIES
    places = (
        ("sel", "BIRO HUKUM"),
        ("", f"Nomor\t: {NUMBER}"),
        ("", "Hari\t: 2 Juli 2026"),
        ("", "Kepala Biro Hukum (sebagai laporan)"),
    )
    return Sample(body, places, F4)


def office_note() -> Sample:
    """A nota dinas with the whole study under lettered headings."""
    head = "".join(
        par(f"{one}\t:\t{two}", properties=tabbed(1134, 1300))
        for one, two in (("Yth.", "Gubernur"), ("Dari", "{{ instansi.nama }}"), ("Hal", "{{ nomor_registrasi }}"))
    )
    body = (
        centred(run("NOTA DINAS", "<w:b/>"))
        + head
        + par("A. Pendahuluan")
        + par("{{ kajian.kasus_posisi }}")
        + par("B. Analisis")
        + par("{{ kajian.analisis }}")
    )
    return Sample(
        body,
        (
            ("", "Dari\t:\tBiro Hukum"),
            ("", "Hal\t:\tBH-2026-0007"),
            ("", "Kewenangan memutuskan kontrak"),
            ("", "B. Analisis"),
        ),
    )


def assignment() -> Sample:
    """A surat tugas whose bases and names are rows of tables."""
    body = (
        KOP
        + centred("SURAT TUGAS")
        + table(*ROWS, head=framed(columns=3))
        + centred("MEMERINTAHKAN:")
        + table(("Kepada", "{{ pemohon.nama }}"), ("Untuk", "{{ uraian }}"), head=framed())
    )
    return Sample(body, (("sel", "1."), ("sel", "akhir"), ("sel", "Siti Contoh, S.T."), ("", "MEMERINTAHKAN:")))


def wide_annex() -> Sample:
    """A letter upright and its annex across, after a section break, with a head repeated on each page."""
    first = par(properties=f"<w:pPr>{page_of(F4)}</w:pPr>")
    head = (
        framed(14000, 3)
        + "<w:tr><w:trPr><w:tblHeader/></w:trPr>"
        + "".join(f"<w:tc>{par(one)}</w:tc>" for one in ("No.", "Dasar hukum", "Keterangan"))
        + "</w:tr>"
    )
    body = (
        KOP
        + par("Dengan ini {{ instansi.nama }} menyampaikan lampiran.")
        + first
        + par("Lampiran surat {{ nomor_registrasi }}")
        + table(*ROWS, head=head)
        + par("")
    )
    return Sample(
        body,
        (("", "Dengan ini Biro Hukum menyampaikan lampiran."), ("", "Lampiran surat BH-2026-0007"), ("sel", "1.")),
        (18709, 12189),
    )


def stamped() -> Sample:
    """A letter with its secrecy in a text box and another box for the secretary."""
    body = (
        par(
            "Surat ",
            box(
                centred("{{ surat.sifat }}")
                + par("{% if bentuk %}")
                + centred("{{ nomor_registrasi }}")
                + par("{% endif %}")
            ),
        )
        + par("Kepada {{ pemohon.nama }}")
        + SIGNED
    )
    return Sample(
        body, (("kotak", "Rahasia"), ("kotak", "BH-2026-0007"), ("", "Surat "), ("", "Kepada Siti Contoh, S.T."))
    )


def drawn_kop() -> Sample:
    """A kop that was drawn: picture and words in one group."""
    body = (
        par(group(centred("{{ instansi.pemerintah }}") + centred("{{ instansi.nama }}")))
        + par("") * 4
        + par("Nomor {{ penyampaian.nomor_surat }}")
        + SIGNED
    )
    return Sample(
        body, (("kotak", "Pemerintah Provinsi Sumatera Barat"), ("kotak", "Biro Hukum"), ("", f"Nomor {NUMBER}")), F4
    )


def first_page_kop() -> Sample:
    """A kop in the head of the first page, another head and a counted foot on those that follow."""
    count = par("Halaman ", word_field(" PAGE ", "2"), " dari ", word_field(" NUMPAGES ", "2"))
    parts = {
        "header first": par(emblem(at=(0, 0))) + KOP_LINES,
        "header default": centred("Lanjutan {{ nomor_registrasi }}"),
        "footer default": count,
        "footer first": par("{{ instansi.alamat }}"),
    }
    body = par("{{ kajian.analisis }}") * 3 + SIGNED
    places = (
        ("kepala halaman", "BIRO HUKUM"),
        ("kepala halaman", "Lanjutan BH-2026-0007"),
        ("kaki halaman", "Jalan Jenderal Sudirman Nomor 51, Padang 25112"),
    )
    return Sample(body, places, F4, section="<w:titlePg/>", parts=parts)


def with_notes() -> Sample:
    """A telaahan with footnotes of its own, in whose words are placeholders."""
    mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{at}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for at, kind in enumerate(("separator", "continuationSeparator"))
    )
    words = " Lihat {{ dasar.pedoman.nama }} tanggal {{ dasar.pedoman.tanggal }}."
    note = f'<w:footnote w:id="2">{par("<w:r><w:footnoteRef/></w:r>", words)}</w:footnote>'
    body = (
        centred("TELAAHAN STAF")
        + par("Permohonan {{ nomor_registrasi }} dijawab menurut pedoman", mark)
        + styled("IsiSurat", "{{ kajian.kesimpulan }}")
    )
    places = (
        ("catatan kaki", " Lihat Keputusan Gubernur Sumatera Barat tanggal 2 Juli 2025."),
        ("", "Permohonan BH-2026-0007 dijawab menurut pedoman"),
    )
    return Sample(body, places, font="Bookman Old Style", parts={"footnotes": separators + note})


def ordinary_letter() -> Sample:
    """A surat dinas biasa: three parts of the head in a table, a condition inside a sentence, a link, a page break."""
    head = table(
        (
            par("Nomor") + par("Hal"),
            par(": {{ penyampaian.nomor_surat }}") + par(": Jawaban"),
            "{{ instansi.kota }}, {{ penyampaian.tanggal_surat }}",
        ),
        head='<w:tblPr><w:tblW w:w="9000" w:type="dxa"/></w:tblPr><w:tblGrid/>',
    )
    link = '<w:hyperlink w:anchor="atas">' + run("{{ instansi.jdih }}", '<w:u w:val="single"/>') + "</w:hyperlink>"
    body = (
        KOP
        + head
        + par(
            "Permohonan{% if bentuk %} {{ bentuk }}{% endif %} Saudara{% if mendesak.perihal %} mendesak{% endif %}",
            " kami jawab; lihat ",
            link,
            ".",
        )
        + par('<w:r><w:br w:type="page"/></w:r>')
        + par("{{ kajian.kesimpulan }}")
        + SIGNED
        + COPIES
    )
    return Sample(
        body,
        (
            ("sel", f": {NUMBER}"),
            ("", "Permohonan pendapat hukum Saudara kami jawab; lihat https://jdih-birohukum.sumbarprov.go.id."),
        ),
        F4,
    )


def covering_letter() -> Sample:
    """A surat pengantar: a table whose row is repeated and whose cells hold conditions, commands in rows without tr."""
    rows = (
        ("{% for isu in kajian.isu_hukum %}", "", ""),
        (
            "{{ loop.index }}",
            "{{ isu }}",
            par("{% if loop.first %}") + par("asli") + par("{% else %}") + par("salinan") + par("{% endif %}"),
        ),
        ("{% endfor %}", "", ""),
    )
    body = (
        KOP
        + centred("SURAT PENGANTAR")
        + table(("No.", "Naskah", "Keterangan"), *rows, head=framed(columns=3))
        + par("Diterima tanggal {{ tanggal_diterima }}")
        + SIGNED
    )
    return Sample(body, (("sel", "2"), ("sel", "asli"), ("sel", "salinan"), ("", "Diterima tanggal 2 Juli 2026")))


MADE = (
    invitation,
    office_note,
    assignment,
    wide_annex,
    stamped,
    drawn_kop,
    first_page_kop,
    with_notes,
    ordinary_letter,
    covering_letter,
)
