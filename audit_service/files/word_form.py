"""The form of official papers in Word: page, typefaces, styles (GB/T 9704-2012).

A4 with a text area of 156 × 225 mm; 小标宋 for the title, 黑体 and 楷体 for headings, 仿宋 of 16 points on lines of 28
points for the body. Each is named as a font, so that Word shows it wherever it is installed, and its kin elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

TEXT_WIDTH: Final = 156
"""Millimetres between the margins."""
LATIN: Final = "Times New Roman"
SONG: Final = "方正小标宋简体"
HEI: Final = "黑体"
KAI: Final = "楷体_GB2312"
FANG: Final = "仿宋_GB2312"
COURIER: Final = "Courier New"
_KIN: Final = {SONG: "SimSun", HEI: "SimHei", KAI: "KaiTi", FANG: "FangSong"}
"""The font that Word takes where the named one is not installed."""
_KEPT: Final = {
    RELATIONSHIP_TYPE.OFFICE_DOCUMENT,
    RELATIONSHIP_TYPE.CORE_PROPERTIES,
    RELATIONSHIP_TYPE.STYLES,
    RELATIONSHIP_TYPE.SETTINGS,
}
"""What of python-docx's own template is kept; not its picture, theme, lists and hundred styles."""


@dataclass(frozen=True)
class Style:
    """A paragraph style. Sizes and spaces are in points; `line` 0 is single, positive exact, negative at least.

    `indent` is the first line's, in characters, of Chinese papers. In English ones a heading stands out by bold type.
    """

    name: str
    face: str = FANG
    size: float = 16
    align: str = "both"
    line: float = 28
    before: float = 0
    after: float = 0
    indent: int = 0
    keep: bool = False
    outline: int = -1
    latin: str = LATIN
    bold: bool = False


_STYLES: Final = (
    Style("Normal"),
    Style("Title", SONG, 22, "center", 36, after=4, keep=True, bold=True),
    Style("Subtitle", KAI, 16, "center", after=6, keep=True),
    Style("Mark", HEI, 16, "center", after=6, keep=True, bold=True),
    Style("heading 1", HEI, 16, "left", before=8, after=4, indent=2, keep=True, outline=0, bold=True),
    Style("heading 2", KAI, 16, "left", before=4, after=4, indent=2, keep=True, outline=1, bold=True),
    Style("Body Text", indent=2),
    Style("Addressee"),
    Style("Seal", align="right"),
    Style("Note", size=12, line=20, after=4, indent=2),
    Style("Code", size=10.5, align="left", line=-16, after=6, indent=3, latin=COURIER),
    Style("Table Text", size=10.5, align="left", line=-16),
    Style("Table Heading", HEI, 10.5, "center", -16, keep=True, bold=True),
    Style("Blank", size=14, align="left", line=-20),
    Style("header", HEI, 10.5, "center", 0, bold=True),
    Style("footer", size=9, align="left", line=0),
)


def blank_document(*, chinese: bool) -> WordDocument:
    """An empty document of this form: its page, its styles, its fonts, and nothing else."""
    document = Document()
    for owner in (document.part, document.part.package):
        for key, relation in list(owner.rels.items()):
            if relation.reltype not in _KEPT:
                del owner.rels[key]
    _set_styles(document, chinese)
    _set_page(document)
    fonts = Part(PackURI("/word/fontTable.xml"), CONTENT_TYPE.WML_FONT_TABLE, _fonts_xml().encode())
    document.part.relate_to(fonts, RELATIONSHIP_TYPE.FONT_TABLE)
    settings = document.settings.element
    settings[:] = parse_xml(_SETTINGS)[:]
    return document


def _set_page(document: WordDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(22), Mm(22)


def _set_styles(document: WordDocument, chinese: bool) -> None:
    body = "".join(_style_xml(style, chinese) for style in _STYLES)
    strong = f'<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr>{_fonts(HEI)}'
    strong += f"{'' if chinese else '<w:b/>'}</w:rPr></w:style>"
    document.styles.element[:] = parse_xml(
        f"<w:styles {nsdecls('w')}><w:docDefaults><w:rPrDefault><w:rPr>{_fonts(FANG)}"
        f'<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
        f"{body}{strong}{_TABLES}</w:styles>"
    )[:]


def _style_xml(style: Style, chinese: bool) -> str:
    base = "" if style.name == "Normal" else '<w:basedOn w:val="Normal"/>'
    default = ' w:default="1"' if style.name == "Normal" else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{style_id(style.name)}"><w:name w:val="{style.name}"/>{base}'
        f"<w:qFormat/><w:pPr>{''.join(_paragraph_xml(style, chinese))}</w:pPr><w:rPr>{_fonts(style.face, style.latin)}"
        f"{'<w:b/>' if style.bold and not chinese else ''}"
        f'<w:sz w:val="{_half_points(style.size)}"/><w:szCs w:val="{_half_points(style.size)}"/></w:rPr></w:style>'
    )


def _paragraph_xml(style: Style, chinese: bool) -> Iterable[str]:
    if style.keep:
        yield "<w:keepNext/>"
    rule = "auto" if style.line == 0 else "exact" if style.line > 0 else "atLeast"
    line = _twips(abs(style.line)) or 240
    yield (
        f'<w:spacing w:before="{_twips(style.before)}" w:after="{_twips(style.after)}" '
        f'w:line="{line}" w:lineRule="{rule}"/>'
    )
    if style.indent and chinese:
        yield f'<w:ind w:firstLineChars="{style.indent * 100}" w:firstLine="{_twips(style.indent * style.size)}"/>'
    yield f'<w:jc w:val="{style.align}"/>'
    if style.outline >= 0:
        yield f'<w:outlineLvl w:val="{style.outline}"/>'


def style_id(name: str) -> str:
    """How a style of this name is referred to."""
    return name.title().replace(" ", "")


def _fonts(face: str, latin: str = LATIN) -> str:
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:cs="{latin}" w:eastAsia="{face}"/>'


def _twips(points: float) -> int:
    return round(points * 20)


def _half_points(points: float) -> int:
    return round(points * 2)


def _fonts_xml() -> str:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{kin}"/><w:charset w:val="86"/></w:font>'
        for name, kin in _KIN.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {nsdecls("w")}>{fonts}</w:fonts>'


_BORDERS: Final = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_MARGINS: Final = "".join(
    f'<w:{side} w:w="{twips}" w:type="dxa"/>'
    for side, twips in (("top", 40), ("left", 70), ("bottom", 40), ("right", 70))
)
_TABLES: Final = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
    f"<w:tblCellMar>{_MARGINS}</w:tblCellMar></w:tblPr></w:style>"
    '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
    f"<w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr></w:style>"
)
_SETTINGS: Final = (
    f'<w:settings {nsdecls("w")}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:useFELayout/>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)
