"""What is typed is kept while one types, offered again, and seen by its writer alone."""

from urllib.parse import parse_qsl

from django.urls import reverse

from articles.models import Revision, Stash
from articles.revisions import newest_content
from articles.stashes import keep, kept_text, open_stashes

from .desk import ADD, add_row, change_address, form_fields, open_form, send, words_of
from .growth import is_linear
from .making import content, record
from .page_tree import read_page
from .stashes_for_tests import AUTOSAVE, autosave, encoded, own_stash

# --- Autosave ---------------------------------------------------------------------------------------------------------


def test_what_is_typed_is_kept_raw_and_offered(desk, article):
    fields = open_form(desk, article)
    pairs = [*fields.items(), ("body", "Twice"), ("summary", "Þ & <b>")]
    response = desk.post(f"{AUTOSAVE}?article={article.pk}", **encoded(pairs))
    stash = own_stash()
    assert response.json() == {"kept": stash.updated.isoformat(), "stash": stash.pk, "state": "open"}
    machinery = ("csrfmiddlewaretoken", "form_id", "form_step", "taken_from")
    assert parse_qsl(stash.fields, keep_blank_values=True) == [one for one in pairs if one[0] not in machinery]
    assert (stash.article, stash.base, stash.state) == (article, 1, Stash.OPEN)
    page = desk.get(change_address(article)).content.decode()
    assert f"?stash={stash.pk}" in page
    assert Revision.objects.count() == 1


def test_typing_on_writes_over_the_same_stash(desk, article):
    fields = open_form(desk, article)
    autosave(desk, article, fields, body="One", form_step="1")
    autosave(desk, article, fields, body="One and two", form_step="2")
    assert own_stash().data()["body"] == "One and two"


def test_a_message_overtaken_by_the_next_changes_nothing(desk, article):
    fields = open_form(desk, article)
    autosave(desk, article, fields, body="One and two", form_step="2")
    autosave(desk, article, fields, body="One", form_step="1")
    assert own_stash().data()["body"] == "One and two"


def test_a_message_overtaken_by_the_form_itself_opens_nothing_again(desk, article):
    fields = open_form(desk, article)
    send(desk, article, fields, body="One and two", form_step="2")
    autosave(desk, article, fields, body="One", form_step="2")
    assert own_stash().state == Stash.RECORDED
    assert open_stashes(own_stash().user) == []


def test_going_back_and_typing_on_is_kept(desk, article):
    fields = open_form(desk, article)
    send(desk, article, fields, body="One", form_step="1")
    autosave(desk, article, fields, body="One and more", form_step="2")
    assert (own_stash().state, own_stash().data()["body"]) == (Stash.OPEN, "One and more")


def test_a_new_article_is_kept_too(desk, editor):
    fields = form_fields(desk.get(ADD))
    autosave(desk, None, fields, title="A new battle", body="Three small words")
    (kept,) = open_stashes(editor)
    assert (kept.title, kept.article, kept.words, kept.address) == (
        "A new battle", None, 3, f"{ADD}?stash={own_stash().pk}")  # fmt: skip


def test_an_offer_with_a_title_alone_counts_no_words(desk):
    autosave(desk, None, form_fields(desk.get(ADD)), title="A new battle", body="")
    page = desk.get("/admin/").content.decode()
    assert "no text yet" in page
    assert "0 words" not in page


def test_an_offer_says_what_it_holds_and_not_its_words_alone(desk, editor):
    for title in ("A new battle", "Another battle"):
        fields = form_fields(desk.get(ADD))
        for number in range(3):
            fields = add_row(fields, "notes", key=f"n{number}", text=f"Note {number}") | {
                "notes-TOTAL_FORMS": str(number + 2)}  # fmt: skip
        fields = add_row(fields, "infobox", field="strength", side="2", value="1,000 men")
        autosave(desk, None, fields, title=title, **{"notes-1-DELETE": "on"})
    page = read_page(desk.get(ADD).content.decode())
    assert [one.text for one in page.all("span", class_="holds")] == [
        "Another battle: 1 infobox value, 2 notes", "A new battle: 1 infobox value, 2 notes"]  # fmt: skip
    assert "1 infobox value, 2 notes" in desk.get(reverse("admin:index")).content.decode()


def test_an_offer_counts_every_row_in_whatever_alphabet(desk, article):
    words = {f"notes-{number}-text": "Примечание о битве. " * 8 for number in range(900)}
    lists = {"notes-TOTAL_FORMS": "900", "references-TOTAL_FORMS": "1"} | words | {"references-0-text": "Книга"}
    autosave(desk, article, open_form(desk, article), **lists)
    assert len(own_stash().fields) > 500_000
    (holds,) = read_page(desk.get(change_address(article)).content.decode()).all("span", class_="holds")
    assert holds.text.endswith("900 notes, 2 references")


def test_an_offer_takes_time_that_grows_with_its_text(article, editor):
    def offer(count):
        rows = "".join(f"&notes-{number}-text={'%D0%B1' * 150}" for number in range(count))
        fields = f"title=Huge&body={'a' * 2_000 * count}&notes-TOTAL_FORMS={count}{rows}"
        stash = keep(editor, f"huge-{count}", fields, article=article, base=1)
        assert kept_text(stash).rows["notes"] == count

    assert is_linear(offer, 1_250)


def test_nothing_is_stored_for_strangers_or_for_those_who_may_not_edit(client, client_of, make_user, view_only, desk,
                                                                         article):  # fmt: skip
    fields = open_form(desk, article)
    plain = make_user("plain", is_staff=False)
    for visitor in (client, client_of(view_only), client_of(make_user("no_rights")), client_of(plain)):
        response = autosave(visitor, article, fields)
        assert (response.status_code, response.json()["kept"]) == (403, None)
    assert not Stash.objects.exists()


def test_a_form_that_somebody_else_opened_is_not_stored_as_mine(desk, client_of, reviewer, article):
    fields = open_form(client_of(reviewer), article)
    assert autosave(desk, article, fields).status_code == 403
    assert autosave(desk, article, fields | {"form_id": "forged"}).status_code == 403
    assert not Stash.objects.exists()


def test_autosave_without_the_token_stores_nothing(desk, article):
    fields = open_form(desk, article)
    desk.handler.enforce_csrf_checks = True
    assert autosave(desk, article, fields | {"csrfmiddlewaretoken": "x"}).status_code == 403
    assert not Stash.objects.exists()


def test_there_is_an_end_to_what_is_kept(desk, article, editor, monkeypatch):
    monkeypatch.setattr("articles.stashes._MOST_STASHES", 1)
    assert autosave(desk, article, open_form(desk, article)).status_code == 200
    response = autosave(desk, article, open_form(desk, article))
    assert (response.status_code, response.json()["reason"]) == (413, "full")
    assert Stash.objects.count() == 1
    assert "Revision 2 saved." in words_of(send(desk, article, open_form(desk, article), body="Saved all the same."))


def test_there_is_an_end_to_what_a_kept_text_grows_to(desk, article, monkeypatch):
    fields = open_form(desk, article)
    assert autosave(desk, article, fields, form_step="1").status_code == 200
    monkeypatch.setattr("articles.stashes._MOST_IN_ALL", 200_000)
    response = autosave(desk, article, fields, body="a" * 250_000, form_step="2")
    assert (response.status_code, response.json()["reason"]) == (413, "full")
    assert autosave(desk, article, fields, body="Short", form_step="3").status_code == 200
    assert own_stash().data()["body"] == "Short"


def test_choices_of_a_conflict_count_as_kept_text(desk, article, monkeypatch):
    autosave(desk, article, open_form(desk, article))
    Stash.objects.update(choices={"0" * 12: ["edit", "a" * 150_000]})
    monkeypatch.setattr("articles.stashes._MOST_IN_ALL", 100_000)
    assert autosave(desk, article, open_form(desk, article)).status_code == 413


def test_of_an_endless_title_so_much_is_shown_as_tells_it(desk):
    autosave(desk, None, form_fields(desk.get(ADD)), title="<b>" * 400_000, body="Three small\r\nwords")
    stash = own_stash()
    pages = "/admin/", ADD, f"{AUTOSAVE}{stash.pk}/"
    for page in [desk.get(address).content.decode() for address in pages[:2]]:
        assert page.count("&lt;b&gt;") < 200
        assert len(page) < 100_000
    title, _words = desk.get(pages[2]).content.decode().split("</title>", 1)
    assert len(title) < 5_000
    assert len(str(stash)) < 300
    assert stash.words == 3


def test_a_title_in_letters_of_many_bytes_is_shown_whole(desk, editor):
    title = "𐎠" * 200
    autosave(desk, None, form_fields(desk.get(ADD)), title=title)
    assert [kept.title for kept in open_stashes(editor)] == [title]


# --- Going on with it -------------------------------------------------------------------------------------------------


def test_the_form_opens_with_the_kept_text_on_its_own_base(desk, article):
    fields = add_row(open_form(desk, article), "notes", key="new", text="A new note")
    autosave(desk, article, fields, body="Mine")
    record(article, content(body="Theirs"))
    again = form_fields(desk.get(f"{change_address(article)}?stash={own_stash().pk}"))
    assert (again["body"], again["notes-2-text"], again["base_revision"]) == ("Mine", "A new note", "1")
    assert again["form_id"] != fields["form_id"]


def test_a_text_that_was_taken_up_is_offered_once(desk, article):
    autosave(desk, article, open_form(desk, article), body="Mine")
    first = own_stash()
    again = form_fields(desk.get(f"{change_address(article)}?stash={first.pk}"))
    other_window = form_fields(desk.get(f"{change_address(article)}?stash={first.pk}"))
    autosave(desk, article, again, body="Mine and more")
    assert own_stash().data()["body"] == "Mine and more"
    autosave(desk, article, other_window, body="Mine, differently")
    assert {stash.data()["body"] for stash in Stash.objects.all()} == {"Mine and more", "Mine, differently"}
    page = desk.get(f"{change_address(article)}?stash={first.pk}")
    assert "not waiting any more" in words_of(page)


def test_saving_lets_go_of_the_text(desk, article):
    autosave(desk, article, open_form(desk, article), body="Mine")
    again = form_fields(desk.get(f"{change_address(article)}?stash={own_stash().pk}"))
    assert "Revision 2 saved." in words_of(send(desk, article, again))
    stash = own_stash()
    assert (stash.state, stash.recorded_as, stash.fields) == (Stash.RECORDED, 2, "")
    assert "?stash=" not in desk.get(change_address(article)).content.decode()
    assert newest_content(article).body == "Mine"


def test_text_from_before_my_last_save_is_left_to_the_desk(desk, article, editor):
    autosave(desk, article, open_form(desk, article), body="Older")
    send(desk, article, open_form(desk, article), body="Newer")
    assert "?stash=" not in desk.get(change_address(article)).content.decode()
    assert [kept.article for kept in open_stashes(editor)] == [article]


def test_the_difference_is_shown_as_between_revisions(desk, article):
    autosave(desk, article, open_form(desk, article), body="The battle[^spelling] never took place.[@hrw]")
    response = desk.get(reverse("admin:articles_article_stash_difference", args=[own_stash().pk]))
    assert '<ins class="addition">never ' in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_who_lost_the_role_reads_no_draft_by_the_difference(desk, article, editor):
    """The base of a stash is what its form says: it may be a revision of later."""
    autosave(desk, article, open_form(desk, article) | {"base_revision": 2}, body="Mine")
    record(article, content(body="A draft that only the desk sees."))
    address = reverse("admin:articles_article_stash_difference", args=[own_stash().pk])
    assert "A draft that only the desk sees." in desk.get(address).content.decode()
    editor.groups.clear()
    assert desk.get(address).status_code == 403


def test_what_makes_no_article_is_shown_as_text(desk, article):
    autosave(desk, article, open_form(desk, article), title="", body="Mine </textarea><script>alert(1)</script>")
    page = desk.get(reverse("admin:articles_article_stash_difference", args=[own_stash().pk])).content.decode()
    assert "Mine &lt;/textarea&gt;&lt;script&gt;" in page


def test_a_new_article_is_compared_with_nothing(desk, article):
    autosave(desk, None, form_fields(desk.get(ADD)), title="A new battle", body="Fresh words.")
    page = desk.get(reverse("admin:articles_article_stash_difference", args=[own_stash().pk])).content.decode()
    assert '<ins class="addition">Fresh words.</ins>' in page


def test_it_is_thrown_away_at_its_owners_wish_alone(desk, article, client_of, superuser):
    autosave(desk, article, open_form(desk, article), body="Mine")
    pages = [f"{AUTOSAVE}{own_stash().pk}/", f"{AUTOSAVE}{own_stash().pk}/throw-away/"]
    other = client_of(superuser)
    assert [other.get(pages[0]).status_code, other.post(pages[1]).status_code] == [404, 404]
    assert "Mine" not in other.get(f"{change_address(article)}?stash={own_stash().pk}").content.decode()
    assert desk.get(pages[1]).status_code == 405
    assert desk.post(pages[1], {"next": "form"}).url == change_address(article)
    assert not Stash.objects.exists()
