"""Templates of forms and decrees with the traits of those that government offices use.

Each is made here, from the styles of the shipped template; nothing of it is anybody's.
"""

from tests.letters.word.government_pieces import (
    A4,
    F4,
    KOP,
    LEGAL,
    SIGNED,
    Sample,
    centred,
    control,
    emblem,
    framed,
    page_of,
    styled,
    tabbed,
)
from tests.letters.word.word_xml import par, run, table


def travel_order() -> Sample:
    """An SPD: numbered rows, merged cells, cells with several lines, an inner table of dates."""
    rows = (
        ("1.", "Pejabat yang memberi perintah", "{{ penandatangan.jabatan }}"),
        ("2.", "Nama dan NIP pegawai", par("{{ pemohon.nama }}") + par("NIP {{ pemohon.nip }}")),
        (
            "3.",
            par("a. Pangkat dan golongan") + par("b. Jabatan"),
            par("a. {{ penandatangan.pangkat }}") + par("b. {{ pemohon.jabatan }}"),
        ),
        (
            "4.",
            "Lama perjalanan",
            table(("Berangkat", "{{ tanggal_diajukan }}"), ("Kembali", "{{ tanggal_diterima }}"), head=framed(3000))
            + par(""),
        ),
    )
    merged = (
        '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="3"/></w:tcPr>'
        + centred("SURAT PERJALANAN DINAS (SPD)")
        + "</w:tc></w:tr>"
    )
    whole = table(*rows, head=framed(columns=3) + merged)
    places = (
        ("sel", "SURAT PERJALANAN DINAS (SPD)"),
        ("sel", "NIP 19850101 201001 2 001"),
        ("sel sel", "1 Juli 2026"),
        ("sel", "b. Pejabat Pembuat Komitmen"),
    )
    return Sample(KOP + whole + SIGNED, places, F4)


def nested_tables() -> Sample:
    """A statement: tables in cells of tables, one of them with a list that is empty here."""
    empty = table(("{%tr for satu in lampiran %}",), ("{{ satu }}",), ("{%tr endfor %}",), head=framed(3000, 1))
    inner = table(("NIP", "{{ pemohon.nip }}"), ("Unit", "{{ pemohon.unit_kerja }}"), head=framed(4000))
    body = table((par("Identitas"), inner + par("")), (par("Lampiran"), empty), head=framed()) + SIGNED
    return Sample(body, (("sel sel", "19850101 201001 2 001"), ("sel", "Lampiran"), ("", "Contoh Pejabat, S.H., M.H.")))


def controlled() -> Sample:
    """A form with content controls: a date picker, a list, a check box, paragraphs that may be filled in."""
    day = control(
        '<w:date><w:dateFormat w:val="d MMMM yyyy"/><w:lid w:val="id-ID"/><w:calendar w:val="gregorian"/></w:date>',
        run("{{ tanggal_diterima }}"),
    )
    choice = control(
        '<w:dropDownList><w:listItem w:displayText="Biasa" w:value="Biasa"/></w:dropDownList>', run("{{ surat.sifat }}")
    )
    tick = control('<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>', run("☒"))
    block = control('<w:alias w:val="Uraian"/>', par("{% if uraian %}") + par("{{ uraian }}") + par("{% endif %}"))
    body = (
        KOP
        + par("Tanggal: ", day)
        + par("Sifat: ", choice)
        + par(tick, " Lengkap")
        + block
        + control("", par("{{ kajian.saran }}"))
    )
    return Sample(body, (("", "Tanggal: 2 Juli 2026"), ("", "Sifat: Rahasia"), ("", "☒ Lengkap")))


def numbered() -> Sample:
    """Steps with Word's own numbers at two levels, and the study's lists among them."""

    def step(text: str, level: int = 0) -> str:
        return par(
            text,
            properties=f'<w:pPr><w:pStyle w:val="DaftarBernomor"/><w:numPr><w:ilvl w:val="{level}"/>'
            '<w:numId w:val="2"/></w:numPr></w:pPr>',
        )

    body = (
        centred("PETUNJUK")
        + step("Permohonan {{ nomor_registrasi }}")
        + step("diterima {{ tanggal_diterima }}", 1)
        + step("diteruskan", 1)
        + step("Kesimpulan")
        + par("{{ kajian.kesimpulan }}")
    )
    return Sample(body, (("", "Permohonan BH-2026-0007"), ("", "diterima 2 Juli 2026"), ("", "Kesimpulan")), LEGAL)


def dotted_form() -> Sample:
    """A surat keterangan whose lines end in dots, to be filled in or not."""
    lines = "".join(
        par(f"{one}\t: {two}\t", properties=tabbed(2500, 8500, dots=True))
        for one, two in (
            ("Nama", "{{ pemohon.nama }}"),
            ("NIP", "{{ pemohon.nip }}"),
            ("Alamat", "{{ pemohon.alamat }}"),
        )
    )
    body = (
        KOP
        + centred(run("SURAT KETERANGAN", '<w:b/><w:u w:val="single"/>'))
        + par("Yang bertanda tangan di bawah ini:")
        + lines
        + SIGNED
    )
    return Sample(body, (("", "Nama\t: Siti Contoh, S.T.\t"), ("", "Alamat\t: \t")), font="Bookman Old Style")


def decree() -> Sample:
    """A keputusan in Bookman on F4: Menimbang and Mengingat in columns of a table without lines."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in (1700, 300, 7000))
    bare = f'<w:tblPr><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    bases = par("{% for d in kajian.dasar_hukum %}") + styled("DaftarBernomor", "{{ d }};") + par("{% endfor %}")
    body = (
        centred(emblem())
        + centred("KEPUTUSAN {{ penandatangan.jabatan|upper }}")
        + centred("NOMOR {{ penyampaian.nomor_surat }}")
        + table(
            ("Menimbang", ":", "a. bahwa {{ nomor_registrasi }} perlu dijawab;"), ("Mengingat", ":", bases), head=bare
        )
        + centred("MEMUTUSKAN:")
        + table(("KESATU", ":", "{{ kajian.saran }}"), head=bare)
        + SIGNED
    )
    return Sample(
        body,
        (
            ("", "KEPUTUSAN KEPALA BAGIAN BANTUAN HUKUM"),
            ("sel", "a. bahwa BH-2026-0007 perlu dijawab;"),
            ("", "MEMUTUSKAN:"),
        ),
        F4,
        "Bookman Old Style",
    )


def minutes() -> Sample:
    """A berita acara whose words stand in two columns, signed by two side by side below them."""
    page = page_of(A4).replace("</w:sectPr>", '<w:cols w:num="2" w:space="500"/></w:sectPr>')
    columns = par(properties=f"<w:pPr>{page}</w:pPr>")
    sides = table((SIGNED, centred("Pemohon,") + par("") + centred("{{ pemohon.nama }}")), head=framed())
    opening = par("Pada hari ini, {{ tanggal_diterima }}, telah diperiksa permohonan {{ nomor_registrasi }}.")
    places = (
        ("", "Pada hari ini, 2 Juli 2026, telah diperiksa permohonan BH-2026-0007."),
        ("sel", "Siti Contoh, S.T."),
    )
    return Sample(opening + par("{{ uraian }}") + columns + sides + par(""), places, kind="continuous")


def watermarked() -> Sample:
    """A certificate with a frame around its page and a watermark in its head."""
    look = "position:absolute;width:400pt;height:80pt;rotation:315"
    words = '<v:textpath style="font-family:&quot;Arial&quot;" string="SALINAN"/>'
    mark = f'<w:r><w:pict><v:shape type="#_x0000_t136" style="{look}">{words}</v:shape></w:pict></w:r>'
    lines = "".join(
        f'<w:{side} w:val="double" w:sz="4" w:space="24" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right")
    )
    body = centred("PIAGAM") + centred(run("{{ pemohon.nama }}", '<w:sz w:val="40"/>')) + SIGNED
    return Sample(
        body,
        (("", "Siti Contoh, S.T."), ("kepala halaman", "BH-2026-0007")),
        (F4[1], F4[0]),
        section=f"<w:pgBorders>{lines}</w:pgBorders>",
        parts={"header default": par(mark) + par("{{ nomor_registrasi }}")},
    )


def disposition() -> Sample:
    """A lembar disposisi: cells merged downwards, words turned, boxes to tick."""
    turned = (
        '<w:tc><w:tcPr><w:vMerge w:val="restart"/><w:textDirection w:val="btLr"/></w:tcPr>'
        + par("DISPOSISI")
        + "</w:tc>"
    )
    merged = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"
    rows = "".join(
        f"<w:tr>{first}<w:tc>{par(words)}</w:tc><w:tc>{par(mark)}</w:tc></w:tr>"
        for first, words, mark in (
            (turned, "Surat dari {{ pemohon.unit_kerja }}", "☐ Segera"),
            (merged, "Diterima {{ diterima }}", "☐ Rahasia"),
            (merged, "Hal {{ verifikasi.topik }}", "☐ Biasa"),
        )
    )
    body = KOP + f"<w:tbl>{framed(columns=3)}{rows}</w:tbl>" + par("Catatan: {{ pemeriksaan.catatan|default('') }}")
    return Sample(
        body, (("sel", "Surat dari Dinas Contoh Provinsi Sumatera Barat"), ("sel", "Hal pengadaan"), ("", "Catatan: "))
    )


def attendance() -> Sample:
    """A daftar hadir across F4, with heads for left and right pages and words that Word cut apart."""
    between = (
        "<w:proofErr w:type='spellStart'/>",
        "<w:bookmarkStart w:id='7' w:name='a'/>",
        "<w:bookmarkEnd w:id='7'/>",
        "",
    )
    pieces = (run("{"), run("{ instansi", "<w:b/>"), run(".nama }"), run("}"))
    cut = "".join(f"{piece}{mark}" for piece, mark in zip(pieces, between, strict=True))
    signs = "".join(
        f"<w:tr><w:trPr><w:trHeight w:val='600'/></w:trPr><w:tc>{par(str(at))}</w:tc>"
        f"<w:tc>{par('')}</w:tc><w:tc>{par(f'{at} ………')}</w:tc></w:tr>"
        for at in (1, 2, 3)
    )
    body = (
        centred("DAFTAR HADIR ", cut)
        + par("Tempat: {{ instansi.kota }}")
        + f"<w:tbl>{framed(14000, 3)}{signs}</w:tbl>"
        + SIGNED
    )
    return Sample(
        body,
        (("", "DAFTAR HADIR Biro Hukum"), ("", "Tempat: Padang"), ("kepala halaman", "Daftar BH-2026-0007")),
        (F4[1], F4[0]),
        parts={"header default": par("Daftar {{ nomor_registrasi }}"), "header even": par("Lembar genap")},
    )


MADE = (
    travel_order,
    nested_tables,
    controlled,
    numbered,
    dotted_form,
    decree,
    minutes,
    watermarked,
    disposition,
    attendance,
)
