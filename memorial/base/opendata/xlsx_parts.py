"""The parts of a workbook that are not rows (ECMA-376): what sheets there are, and two styles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_SHEETS: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def workbook(titles: Iterable[str]) -> str:
    """The list of the sheets; `titles` are quoted already."""
    sheets = "".join(
        f'<sheet name={title} sheetId="{number}" r:id="rId{number}"/>'
        for number, title in enumerate(titles, 1)
    )
    return f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'


def workbook_links(number: int) -> str:
    """Where the sheets and the styles lie."""
    links = "".join(
        f'<Relationship Id="rId{each}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{each}.xml"/>'
        for each in range(1, number + 1)
    )
    style = f'<Relationship Id="rId{number + 1}" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{links}{style}</Relationships>'


def package_links() -> str:
    """Where the workbook lies."""
    link = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{link}</Relationships>'


def content_types(number: int) -> str:
    """What each part is."""
    kinds = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    kinds += [(f"/xl/worksheets/sheet{each}.xml", "worksheet") for each in range(1, number + 1)]
    parts = "".join(
        f'<Override PartName="{name}" ContentType="{_SHEETS}.{kind}+xml"/>' for name, kind in kinds
    )
    links = 'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"'
    plain = 'Extension="xml" ContentType="application/xml"'
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default {links}/><Default {plain}/>{parts}</Types>'
    )


def styles() -> str:
    """Two styles: plain, and bold for the header."""
    return (
        f'{_XML}<styleSheet xmlns="{_MAIN}">'
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
