from datetime import date

import pytest
from django.db import IntegrityError, transaction

from cabildo import audit
from cabildo.accounts.scoping import in_municipality
from cabildo.audit.models import Entry
from cabildo.content import actions, queries
from cabildo.content.errors import ContentError
from cabildo.content.models import Adoption, Draft, PackVersion
from cabildo.content.validation import read_folder


def body_of(folder) -> dict:
    return read_folder(folder, "x")[0]


def publish(folder):
    return actions.publish(body=body_of(folder), by=audit.SYSTEM)


def adopt(municipality, version, *, follows_updates=True):
    return actions.adopt(municipality=municipality, version=version, follows_updates=follows_updates, by=audit.SYSTEM)


def refusal(function, *args, **kwargs) -> str:
    with pytest.raises(ContentError) as refused:
        function(*args, **kwargs)
    assert refused.value.sentence
    return refused.value.code


@pytest.mark.django_db
def test_publishing_twice_the_same_changes_nothing(write_pack):
    first, second = publish(write_pack()), publish(write_pack())

    assert (first.outcome, second.outcome) == ("created", "unchanged")
    assert first.version == second.version
    assert Entry.objects.filter(action="pack_version.published").count() == 1


@pytest.mark.django_db
def test_a_published_version_with_other_content_is_refused(write_pack):
    publish(write_pack())

    assert refusal(publish, write_pack(rules="- id: uno\n  days: 11\n")) == "version_changed"


@pytest.mark.django_db
def test_a_new_version_renews_what_is_said_of_its_pack(write_pack):
    publish(write_pack())
    folder = write_pack(version=2)
    header = (folder / "pack.yaml").read_text(encoding="utf-8")
    (folder / "pack.yaml").write_text(header.replace("Reglas de prueba", "Reglas nuevas"), encoding="utf-8")

    published = publish(folder)

    assert published.outcome == "updated"
    assert queries.pack_named("reglas", "simple").title == "Reglas nuevas"


@pytest.mark.django_db
def test_a_version_older_than_the_last_is_refused(write_pack):
    publish(write_pack(version=3))

    assert refusal(publish, write_pack(version=2)) == "version_older"


@pytest.mark.django_db
def test_an_invalid_body_is_refused_with_its_errors():
    with pytest.raises(ContentError) as refused:
        actions.publish(body={"pack": {"kind": "reglas"}}, by=audit.SYSTEM)

    assert "missing" in {error.code for error in refused.value.errors}


@pytest.mark.django_db
@pytest.mark.parametrize("change", [lambda rows: rows.update(version=9), lambda rows: rows._raw_delete("default")])
def test_the_database_refuses_to_change_a_published_version(write_pack, change):
    publish(write_pack())

    with pytest.raises(IntegrityError), transaction.atomic():
        change(PackVersion.objects.all())


def test_an_adopted_pack_is_told_to_its_kind(write_pack, puerto_claro, taken_into_use):
    adopt(puerto_claro, publish(write_pack()).version)

    (adopted,) = queries.adopted(puerto_claro.pk, "reglas")
    assert (adopted.slug, adopted.version, adopted.follows_updates) == ("simple", 1, True)
    assert taken_into_use == [(puerto_claro.pk, 1)]


def test_of_an_exclusive_kind_the_earlier_pack_ends(write_pack, puerto_claro):
    adopt(puerto_claro, publish(write_pack()).version)
    adopt(puerto_claro, publish(write_pack(slug="otra")).version)

    assert [adopted.slug for adopted in queries.adopted(puerto_claro.pk, "reglas")] == ["otra"]
    assert Adoption.objects.filter(ended_at__isnull=False).count() == 1


def test_followers_move_when_the_version_comes_into_force_and_others_stay(write_pack, puerto_claro, otra_comuna):
    first = publish(write_pack()).version
    adopt(puerto_claro, first)
    adopt(otra_comuna, first, follows_updates=False)
    publish(write_pack(version=2, valid_from="2026-06-01"))

    moved = [actions.follow_updates(on_date=date(2026, 5, day), by=audit.SYSTEM) for day in (30, 31)]
    moved += [actions.follow_updates(on_date=date(2026, 6, 1), by=audit.SYSTEM) for _again in range(2)]

    assert moved == [0, 0, 1, 0]
    assert queries.adopted(puerto_claro.pk, "reglas")[0].version == 2
    with in_municipality(otra_comuna):
        assert queries.adopted(otra_comuna.pk, "reglas")[0].version == 1


def test_an_adoption_is_not_seen_from_another_municipality(write_pack, puerto_claro, otra_comuna):
    adopt(otra_comuna, publish(write_pack()).version)

    assert queries.adopted(puerto_claro.pk, "reglas") == []
    assert queries.adopted(otra_comuna.pk, "reglas") == []


def test_a_clone_is_a_draft_of_ones_own_until_it_is_published(write_pack, puerto_claro, diego):
    version = publish(write_pack()).version

    draft = actions.clone(version=version, municipality=puerto_claro, slug="nuestras", title="Nuestras", by=diego)
    published = actions.publish_draft(draft=draft, by=diego)

    assert published.version.pack.owner == puerto_claro
    assert published.version.body["pack"]["publisher"] == puerto_claro.name
    assert published.version.body["rules"] == version.body["rules"]
    assert not Draft.objects.exists()


def test_a_clone_cannot_take_the_name_of_another_pack(write_pack, puerto_claro, otra_comuna, diego):
    version = publish(write_pack()).version

    code = refusal(actions.clone, version=version, municipality=puerto_claro, slug="simple", title="X", by=diego)

    assert code == "pack_of_another"


def test_a_pack_of_another_municipality_can_neither_be_adopted_nor_replaced(write_pack, puerto_claro, otra_comuna):
    theirs = actions.publish(body=body_of(write_pack()), by=audit.SYSTEM, owner=otra_comuna).version

    assert refusal(adopt, puerto_claro, theirs) == "pack_unknown"
    assert refusal(publish, write_pack(version=2)) == "pack_of_another"
    assert not queries.available(puerto_claro.pk, "reglas").exists()


def test_the_next_draft_of_ones_own_pack_gets_the_next_number_and_comes_into_use(write_pack, puerto_claro, diego):
    base = publish(write_pack()).version
    numbers = []
    for round_number in range(2):
        draft = actions.clone(version=base, municipality=puerto_claro, slug="nuestras", title="Nuestras", by=diego)
        base = actions.publish_draft(draft=draft, by=diego).version
        numbers.append(base.version)
        if round_number == 0:
            adopt(puerto_claro, base)

    assert numbers == [1, 2]
    assert queries.adopted(puerto_claro.pk, "reglas")[0].version == 2


def test_a_wrong_draft_is_kept_and_says_what_is_wrong(write_pack, puerto_claro, diego):
    version = publish(write_pack()).version
    draft = actions.clone(version=version, municipality=puerto_claro, slug="nuestras", title="Nuestras", by=diego)

    wrong = draft.body | {"rules": [{"id": "uno", "days": 40}]}
    errors = actions.save_draft(draft=draft, body=wrong, revision=1, by=diego)

    assert [(e.file, e.line, e.path, e.code) for e in errors] == [
        ("reglas/nuestras", None, "rules[0].days", "too_long")
    ]
    assert Draft.objects.get().body == wrong
    assert refusal(actions.publish_draft, draft=draft, by=diego) == "pack_invalid"
    assert PackVersion.objects.count() == 1


def test_a_draft_saved_meanwhile_by_another_is_not_overwritten(write_pack, puerto_claro, diego, carmen):
    version = publish(write_pack()).version
    draft = actions.clone(version=version, municipality=puerto_claro, slug="nuestras", title="Nuestras", by=diego)
    actions.save_draft(draft=draft, body=draft.body, revision=1, by=carmen)

    assert refusal(actions.save_draft, draft=draft, body={}, revision=1, by=diego) == "draft_changed"


@pytest.mark.django_db
def test_the_body_of_a_version_is_asked_once_and_cannot_be_changed(write_pack, django_assert_num_queries):
    version = publish(write_pack()).version
    queries._body.cache_clear()

    with django_assert_num_queries(1):
        body = queries.body(version)
        assert queries.body(version) is body
    with pytest.raises(TypeError):
        body["rules"][0]["days"] = 1


def test_asking_what_is_in_use_is_one_query_for_any_number(write_pack, puerto_claro, django_assert_num_queries):
    adopt(puerto_claro, publish(write_pack()).version)

    with django_assert_num_queries(1):
        queries.adopted(puerto_claro.pk, "reglas")
