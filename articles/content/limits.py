"""How much an article may hold. Form and interchange tell these limits by name; nothing is cut silently."""

BODY_BYTES = 1024 * 1024
BODY_BLOCKS = 20_000
"""Paragraphs, list items and rows: each is an element of pages and of comparisons, however short."""

LIMITS = {
    # characters
    "title": 200,
    "short_description": 300,
    "slug": 100,
    "summary": 500,
    "comment": 5_000,
    "name": 200,
    "language": 35,
    "category": 200,
    "key": 64,
    "id": 32,
    "value": 10_000,
    "attribution": 300,
    "note": 50_000,
    "free_text": 10_000,
    "pages": 200,
    "quotation": 20_000,
    "translation": 20_000,
    "remark": 20_000,
    "caption": 10_000,
    "alt": 2_000,
    "image": 500,
    "credit": 500,
    "licence": 200,
    "source": 50_000,
    # rows
    "names": 200,
    "categories": 100,
    "rows": 500,
    "notes": 1_000,
    "references": 1_000,
    "figures": 200,
}
