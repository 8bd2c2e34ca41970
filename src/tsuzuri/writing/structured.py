"""A page as https://schema.org/ has it, in JSON-LD."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tsuzuri.writing.page_facts import iso
from tsuzuri.writing.site import writable

if TYPE_CHECKING:
    from tsuzuri.writing.page_facts import PageFacts
    from tsuzuri.writing.site import Site


def structured_data(facts: PageFacts, site: Site) -> dict[str, Any]:
    """Return the page as https://schema.org/ has it."""
    graph = [posting(facts, site)] if facts.kind == "post" else [whole_page(facts, site)]
    if len(facts.trail) > 1:
        graph.append(
            {
                "@type": "BreadcrumbList",
                "itemListElement": [
                    {"@type": "ListItem", "position": number, "name": name, "item": address}
                    for number, (name, address) in enumerate(facts.trail, 1)
                ],
            }
        )
    return {"@context": "https://schema.org", "@graph": graph}


def posting(facts: PageFacts, site: Site) -> dict[str, Any]:
    """Return a post as a ``BlogPosting``."""
    return given(
        {
            "@type": "BlogPosting",
            "@id": facts.url,
            "url": facts.url,
            "mainEntityOfPage": {"@type": "WebPage", "@id": facts.url},
            "headline": facts.title,
            "description": facts.description,
            "image": [facts.image.url] if facts.image else [],
            "datePublished": iso(facts.published),
            "dateModified": iso(facts.updated or facts.published),
            "author": [
                given({"@type": "Person", "name": author.name, "url": author.url})
                for author in facts.authors
            ],
            "publisher": publisher(site),
            "keywords": list(facts.tags),
            "articleSection": facts.section,
            "inLanguage": facts.language,
            "timeRequired": f"PT{facts.minutes}M" if facts.minutes else "",
            "isPartOf": {"@type": "Blog", "@id": site.base, "name": site.title},
        }
    )


def whole_page(facts: PageFacts, site: Site) -> dict[str, Any]:
    """Return any other page: the start page as the ``WebSite`` that it opens."""
    types = {"home": "WebSite", "list": "CollectionPage"}
    data = given(
        {
            "@type": types.get(facts.kind, "WebPage"),
            "@id": facts.url,
            "url": facts.url,
            "name": facts.title,
            "description": facts.description,
            "inLanguage": facts.language,
            "publisher": publisher(site) if facts.kind == "home" else {},
        }
    )
    if facts.search:
        data["potentialAction"] = {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": facts.search},
            "query-input": "required name=search_term_string",
        }
    return data


def publisher(site: Site) -> dict[str, Any]:
    """Return who stands for the site."""
    logo = {"@type": "ImageObject", "url": site.file(site.icon)} if site.icon else {}
    return given({"@type": "Organization", "name": site.title, "url": site.base, "logo": logo})


def given(data: dict[str, Any]) -> dict[str, Any]:
    """Return *data* without what is empty."""
    return {key: value for key, value in data.items() if value not in ("", [], {}, None)}


def in_script(data: Any) -> str:
    """Return *data* as JSON that can't end the script element around it."""
    text = writable(json.dumps(data, ensure_ascii=False, separators=(",", ":")))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text
