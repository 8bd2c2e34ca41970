"""What the interface says of itself is in the reader's language, whoever wrote the words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import post

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bs4 import BeautifulSoup, Tag

    from tests.conftest import Build

INVENTORY = Path(__file__).parents[2] / "inventories" / "python.inv"
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龥]")
NAMES = {"/", "#", ".md", ".pdf"}
"""Marks and names of file types that are the same in every language."""

BUTTONS = {
    "repository_url": "https://github.com/example/blog",
    "use_repository_button": True,
    "use_edit_page_button": True,
    "use_issues_button": True,
    "use_source_button": True,
    "use_download_button": True,
    "use_fullscreen_button": True,
}
"""Everything that the theme can put above a page."""

BODY = """## 見出し

:::{figure} a.png
:name: fig

図の説明
:::

:::{table} 表の説明

| 列 |
|---|
| 値 |
:::

```{code-block} python
:caption: コードの説明

pass
```

:::{glossary}
用語
  説明
:::

```{versionadded} 1.2
説明
```

```{versionremoved} 1.3
説明
```

```{py:function} f(a, /, *, b)
説明
```

$$a$$ (eq)

{external+python:py:func}`math.comb`
"""
PICTURE = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"


def shown(page: BeautifulSoup) -> Iterator[str]:
    """Yield the words that a page says besides its author's: tips, labels, buttons."""
    for tag in page.find_all(True):
        for name in ("title", "aria-label", "placeholder", "alt"):
            if value := tag.get(name):
                yield str(value)
    buttons: list[Tag] = page.select("header button, header .dropdown-item, .versionmodified")
    for button in buttons:
        yield button.get_text(" ", strip=True)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_word_of_the_interface_is_in_another_language(build: Build, language: str) -> None:
    """A Japanese page says この見出しへのリンク, not "Link to this heading"; an English one does."""
    site = build(
        {"posts/a.md": post(BODY), "posts/a.png": PICTURE},
        language=language,
        html_theme_options=BUTTONS,
        extensions=["tsuzuri", "sphinx.ext.intersphinx"],
        intersphinx_mapping={"python": ("https://docs.python.org/3", str(INVENTORY))},
    )
    assert site.warnings == ()
    words = {text for text in shown(site.page("posts/a.html")) if text} - NAMES
    assert len(words) > 20
    japanese = {text for text in words if JAPANESE.search(text)}
    if language == "ja":
        assert words - japanese == set()
    else:
        assert japanese <= {"題", "試しの綴り", "図の説明"}
