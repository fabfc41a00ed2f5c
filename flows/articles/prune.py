"""What is cut out of a page before its text is extracted: elements that are never part of a story.

Works on the lxml tree in place. Only whole elements that name themselves (related, share, cookie, comment, ...) and
links to other stories go; the sentence after an inline link stays where it was.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from flows.articles.clean import fold, is_read_also, is_read_also_cue, load_phrases

# Names of classes and ids, as whole words of the name: "share-buttons" but not "shareholders".
PRUNED_NAMES = re.compile(
    r"(?:^|[\s_-])(?:related(?:[-_]?(?:posts?|articles?|stories|news|content|links?|box))?|jp-relatedposts|yarpp\w*|"
    r"read-?(?:also|more|next)|baca-?juga|see-?also|also-?read|recirc\w*|recommend(?:ed|ations?)|you-?may-?like|more-?stories|"
    r"sharedaddy|share(?:-?(?:buttons?|bar|tools|links?|icons?|this|box))?|social(?:-?(?:share|buttons?|links?|icons?|media))?|addtoany\w*|addthis\w*|sharing|"
    r"cookie\w*|consent\w*|gdpr|onetrust\w*|"
    r"comments?(?:-?(?:area|form|list|respond|section|wrap\w*|thread))?|respond|disqus\w*|reply-title|"
    r"newsletter\w*|subscribe\w*|signup|breadcrumbs?|taboola\w*|outbrain\w*|advert\w*|ad-?(?:slot|unit|container|wrapper)|adsbygoogle|"
    r"twitter-(?:tweet|video)|instagram-media|tiktok-embed|fb-post|bluesky-embed|"
    r"tag-?(?:list|links|cloud)|post-?(?:tags|navigation)|author-?(?:bio|box)|popular-?posts?|most-?read|sidebar|widget(?:-area)?)(?:$|[\s_-])",
    re.IGNORECASE,
)
# An outer wrapper with such a name ("page has-sidebar") may hold the story itself.
STORY_SHARE_KEPT = 0.4
STORY_LENGTH = 200
INLINE = frozenset({"strong", "b", "em", "i", "span", "a", "u", "font", "small", "mark"})
BLOCK = frozenset(
    {"p", "div", "li", "ul", "ol", "aside", "section", "blockquote", "h2", "h3", "h4", "h5", "h6", "table", "figure"}
)
CUE_AT_END = 40


def prune_page(tree: HtmlElement) -> None:
    """Cut boilerplate elements and links to other stories out of the tree, in place."""
    _prune_named(tree)
    _prune_read_also_elements(tree)
    _prune_cues_before_links(tree)


def _text_of(element: HtmlElement) -> str:
    return str(element.text_content())  # type: ignore[no-untyped-call]


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()  # type: ignore[no-untyped-call]  # keeps the tail: the sentence after an inline link


def _prune_named(tree: HtmlElement) -> None:
    whole = _weight(tree, has_paragraphs=True)
    # Old templates write stories with <br> in one <div>; then all text counts.
    has_paragraphs = whole >= STORY_LENGTH
    limit = STORY_SHARE_KEPT * (whole if has_paragraphs else _weight(tree, has_paragraphs=False))
    for element in list(tree.xpath("//form | //noscript | //button | //dialog")):
        if _weight(element, has_paragraphs=has_paragraphs) <= limit:
            _drop(element)
    for element in list(tree.xpath("//body//*[@class or @id]")):
        names = f"{element.get('class', '')} {element.get('id', '')}"
        if element.tag in {"main", "article"} or not PRUNED_NAMES.search(names):
            continue
        if _weight(element, has_paragraphs=has_paragraphs) <= limit:
            _drop(element)


def _weight(element: HtmlElement, *, has_paragraphs: bool) -> int:
    """Characters of story text inside an element."""
    if has_paragraphs:
        return sum(len(_text_of(paragraph)) for paragraph in element.iter("p"))
    return len(_text_of(element))


def _prune_read_also_elements(tree: HtmlElement) -> None:
    for element in list(tree.xpath("//body//*")):
        if not isinstance(element.tag, str) or element.tag not in INLINE | BLOCK or element.getparent() is None:
            continue
        text = _text_of(element)
        if not text.strip() or len(text) > 600:
            continue
        if is_read_also_cue(text):
            _prune_cue_and_links(element)
        elif _is_link_to_story(element, text):
            _drop(element)


def _is_link_to_story(element: HtmlElement, text: str) -> bool:
    if element.tag in {"ul", "ol", "div", "aside"} and _is_list_of_links(element, text):
        return True
    return is_read_also(text, is_linked=_is_linked(element, text)) and not _is_sentence_part(element, text)


def _is_linked(element: HtmlElement, text: str) -> bool:
    match = load_phrases().read_also.match(fold(text))
    linked = sum(len(fold(_text_of(a))) for a in element.iter("a"))
    return match is not None and linked >= 0.8 * len(match["rest"]) > 0


def _is_sentence_part(element: HtmlElement, text: str) -> bool:
    """An inline element in running text goes only where a link or a colon proves it: "<b>Watch</b> officers said"."""
    return element.tag in INLINE and not _is_linked(element, text) and ":" not in text and "：" not in text


def _is_list_of_links(element: HtmlElement, text: str) -> bool:
    first, _, _ = text.strip().partition("\n")
    return is_read_also_cue(first) and sum(len(_text_of(a)) for a in element.iter("a")) > 0.5 * len(text.strip())


def _prune_cue_and_links(element: HtmlElement) -> None:
    """Drop a lone cue with the link or list of links right after it; a bold first word of a sentence stays."""
    after = element.getnext()
    if (element.tail or "").strip(" \n\t:："):
        if element.tag in BLOCK:
            _drop(element)
        return
    linked = sum(len(_text_of(a)) for a in after.iter("a")) if after is not None else 0
    if after is not None and linked > 0.7 * len(_text_of(after).strip()):
        _drop(after)
        element.tail = " "
    _drop(element)


def _prune_cues_before_links(tree: HtmlElement) -> None:
    """Cut `Baca Juga : <a>...</a>` written straight into a paragraph."""
    for link in list(tree.iter("a")):
        parent, before = link.getparent(), link.getprevious()
        if parent is None:
            continue
        text = (before.tail if before is not None else parent.text) or ""
        cut = _cue_start(text)
        if cut is None:
            continue
        if before is not None:
            before.tail = text[:cut]
        else:
            parent.text = text[:cut]
        _drop(link)


def _cue_start(text: str) -> int | None:
    """Where a cue begins that ends the text, after the end of a sentence or at the start; None where there is none."""
    tail = max(0, len(text) - CUE_AT_END)
    for start in range(tail, len(text)):
        before = text[:start].rstrip()
        is_start = not before or before[-1] in '.。؟۔।!?…"”’»)(['
        is_word = text[start].isalpha() and (start == 0 or not text[start - 1].isalpha())
        if is_start and is_word and ":" in text[start:].replace("：", ":") and is_read_also_cue(text[start:]):
            return len(text[:start].rstrip(" (["))
    return None
