"""What HTML lets be left out of tables: a report of many has thousands of end tags, scopes and quotation marks."""

from __future__ import annotations

import re

_OPTIONAL = re.compile(r"\s*</(?:td|th|tr|thead|tbody)>\s*")
_SCOPE = re.compile(r' scope="(?:col|row)"')
_QUOTED = re.compile(r'class="(text|word|number|total)"')


def plain_tables(page: str) -> str:
    """Return a page whose tables are written as short as HTML lets them be.

    A browser reads the same tables: the next cell, row or part ends the one before it, and a header cell in a row
    or a column of nothing but headers is a header of what is below or beside it (HTML, optional tags; forming
    relationships between data cells and header cells).

    Parameters
    ----------
    page : str
        With the text of its cells escaped, so that no word of theirs is taken for a tag. In its tables the first
        row and the first column hold no data.

    >>> plain_tables('<tr>\\n<th scope="row">電気</th>\\n<td class="text">夜間</td>\\n</tr>\\n</tbody>\\n</table>')
    '<tr><th>電気<td class=text>夜間</table>'
    """
    page = re.sub(r"(<tr[^>]*>)\s+", r"\1", _OPTIONAL.sub("", page))
    return re.sub(r"<t[hdr] [^>]*>", lambda tag: _QUOTED.sub(r"class=\1", _SCOPE.sub("", tag[0])), page)
