"""Pages for tests, built from sentences of our own in the shape WordPress themes give them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

INDONESIAN_TITLE = "Arunia dan Belmora Sepakat Membuka Kembali Jalur Perundingan"
INDONESIAN = (
    "Menteri luar negeri Arunia dan Belmora sepakat membuka kembali jalur perundingan setelah dua pekan baku tembak "
    "di perbatasan yang menewaskan dua belas orang.",
    "Baca juga pernyataan itu sebagai isyarat damai, kata seorang pengamat di ibu kota.",
    "Pembicaraan lewat telepon itu berlangsung pada Selasa malam dan digambarkan kedua pihak sebagai jujur.",
    "Pasukan Arunia akan mundur lima kilometer dari pos Teluk Kembar sebelum akhir bulan, menurut juru bicara.",
    "“Kami tidak ingin tetangga menjadi musuh,” ujar sang menteri kepada wartawan.",
)
ENGLISH_TITLE = "Arunia and Belmora agree to reopen border talks"
ENGLISH = (
    "The foreign ministers of Arunia and Belmora agreed on Tuesday to reopen talks after two weeks of border fire "
    "in which twelve people were killed.",
    "Read the joint statement closely, one diplomat said, and the word ceasefire is missing from it.",
    "Related claims that a drone had been shot down over the bay could not be confirmed.",
    "Arunian forces are to pull back five kilometres from the post at Twin Bay before the end of the month.",
    "Shareholders of the ferry company welcomed the news, as the crossing has been closed since spring.",
)
ARABIC_TITLE = "أرونيا وبلمورا تتفقان على استئناف المحادثات"
ARABIC = (
    "اتفق وزيرا خارجية أرونيا وبلمورا يوم الثلاثاء على استئناف المحادثات بعد أسبوعين من تبادل إطلاق النار على الحدود "
    "أسفر عن مقتل اثني عشر شخصا.",
    "وقال المتحدث باسم الوزارة إن قوات بلاده ستنسحب مسافة خمسة كيلومترات من الموقع قبل نهاية الشهر الجاري.",
    "وأضاف الوزير أن البلدين لا يريدان أن يتحول الجار إلى عدو، وأن الطريق الساحلي سيفتح أمام الشاحنات مرة أخرى.",
)
PERSIAN_TITLE = "آرونیا و بلمورا برای ازسرگیری گفت‌وگوها توافق کردند"
PERSIAN = (
    "وزیران خارجه آرونیا و بلمورا روز سه‌شنبه توافق کردند پس از دو هفته تیراندازی در مرز که دوازده کشته بر جای گذاشت "
    "گفت‌وگوها را از سر بگیرند.",
    "سخنگوی وزارت گفت نیروهای این کشور تا پایان ماه پنج کیلومتر از پاسگاه عقب‌نشینی خواهند کرد.",
    "وزیر افزود که دو کشور نمی‌خواهند همسایه به دشمن تبدیل شود و جاده ساحلی دوباره به روی کامیون‌ها باز خواهد شد.",
)

READ_ALSO = {"id": "Baca Juga", "en": "Read also", "ar": "اقرأ أيضا", "fa": "بیشتر بخوانید"}
LINKED_STORY = {
    "id": "Armada Belmora Menggempur Pelabuhan Saingannya",
    "en": "Belmoran fleet bombards rival harbour",
    "ar": "أسطول بلمورا يقصف ميناء خصمه",
    "fa": "ناوگان بلمورا بندر رقیب را بمباران کرد",
}
FORM = (
    '<div id="respond" class="comment-respond"><h3 id="reply-title">Leave a Reply</h3><form action="/c" method="post">'
    "<p>Your email address will not be published. Required fields are marked *</p><textarea></textarea></form></div>"
)


def build_page(title: str, paragraphs: Sequence[str], language: str, *, site: str = "Kabar Teluk") -> bytes:
    """A page: title twice, links to other stories between and inside paragraphs, and all that surrounds a story."""
    cue, linked = READ_ALSO[language], LINKED_STORY[language]
    inline = f'<strong>{cue}: <a href="/lain">{escape(linked)}</a></strong>'
    middle = len(paragraphs) // 2
    body: list[str] = []
    for position, paragraph in enumerate(paragraphs):
        text = escape(paragraph)
        body.append(f"<p>{text} {inline} </p>" if position == 0 else f"<p>{text}</p>")
        if position == middle:
            body.append(f'<p><strong>{cue} : <a href="/lain2">{escape(linked)} Lagi</a></strong></p>')
            body.append(f'<p>{cue} : <a href="/lain3">{escape(linked)} III</a></p>')
    return f"""<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">
<title>{escape(title)} - {site}</title>
<meta property="og:title" content="{escape(title)} - {site}"><meta property="og:site_name" content="{site}">
<link rel="canonical" href="https://kabar.example/berita/1?utm_source=x">
<meta property="article:published_time" content="2026-03-04T09:30:00+07:00"></head><body class="single has-sidebar">
<div class="cookie-notice"><p>We use cookies to give you the best experience on our website.</p></div>
<nav><a href="/">Home</a></nav><article class="post"><h1>{escape(title)}</h1>
<div class="sharedaddy"><h3>Share this:</h3><ul><li><a href="#">Click to share on Facebook</a></li></ul></div>
<div class="entry-content"><p>{escape(title)}</p>{"".join(body)}</div>
<div class="jp-relatedposts"><h3>Related posts</h3><ul><li><a href="/x">{escape(linked)} IV</a>
<p>{escape(linked)}, kata sumber kami pada hari Senin di kota itu.</p></li></ul></div>{FORM}</article>
<aside class="sidebar widget-area"><h2>Most read</h2><p>{escape(linked)} V</p></aside>
<footer><p>All rights reserved {site}</p></footer></body></html>""".encode()
