"""Each figure once more, as somebody would count it who knows the tables and none of our code."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import connection

SINCE = """
    CASE WHEN seized_on IS NOT NULL THEN seized_on_{end} WHEN detained_on IS NOT NULL THEN detained_on_{end}
         ELSE remanded_on_{end} END"""
FACTS = f"""
    custody AS (
        SELECT prisoner_id, {SINCE.format(end="earliest")} AS e, {SINCE.format(end="latest")} AS l
          FROM prisoners_custody WHERE verification <> 'unverified'),
    recognition AS (
        SELECT prisoner_id, decided_by, outcome, on_latest AS l,
               CASE WHEN decided_by = 'this_project' THEN coalesce(on_earliest, '2022-10-28') ELSE on_earliest END AS e
          FROM prisoners_recognition WHERE verification <> 'unverified'),
    prosecution AS (
        SELECT s.*, c.kind AS case_kind FROM cases_prosecution s JOIN cases_case c ON c.id = s.case_id
          JOIN prisoners_prisoner p ON p.id = s.prisoner_id
         WHERE c.state = 'published' AND p.state = 'published'),
    decided AS (
        SELECT d.*, s.id AS prosecution_id, s.prisoner_id, s.case_kind, l.id AS link_id,
               coalesce(l.in_absentia, false) AS in_absentia, coalesce(d.on_latest, d.on_earliest, '0001-01-01') AS moment
          FROM cases_decision d JOIN prosecution s ON s.case_id = d.case_id
          LEFT JOIN cases_decisionperson l ON l.decision_id = d.id AND l.prosecution_id = s.id
         WHERE d.verification <> 'unverified' AND (d.whole_case OR l.id IS NOT NULL)),
    fact AS (
        SELECT prisoner_id, e, l FROM custody
        UNION ALL SELECT prisoner_id, began_earliest, began_latest FROM prisoners_stay WHERE verification <> 'unverified'
        UNION ALL SELECT prisoner_id, on_earliest, on_latest FROM prisoners_endofcustody WHERE verification <> 'unverified'
        UNION ALL SELECT prisoner_id, on_earliest, on_latest FROM prisoners_death WHERE verification <> 'unverified'
        UNION ALL SELECT prisoner_id, e, l FROM recognition
        UNION ALL SELECT prisoner_id, since_earliest, since_latest FROM prosecution
        UNION ALL SELECT prisoner_id, on_earliest, on_latest FROM decided),
    known AS (SELECT prisoner_id, min(coalesce(e, l)) AS first FROM fact GROUP BY prisoner_id),
    one AS (
        SELECT p.*, k.first FROM prisoners_prisoner p LEFT JOIN known k ON k.prisoner_id = p.id
         WHERE p.state = 'published' AND (k.first IS NULL OR k.first <= %(on)s)),
    open_stay AS (
        SELECT DISTINCT ON (prisoner_id) prisoner_id, reason, public, region_id, facility_id FROM prisoners_stay
         WHERE verification <> 'unverified' AND (began_earliest <= %(on)s OR began_earliest IS NULL)
           AND (ongoing OR ended_earliest > %(on)s)
         ORDER BY prisoner_id, temporary, began_earliest DESC NULLS LAST, id DESC),
    deprived AS (
        SELECT one.* FROM one JOIN open_stay s ON s.prisoner_id = one.id
         WHERE s.reason NOT IN ('forced_labour', 'administrative_arrest', 'expulsion')
           AND NOT EXISTS (SELECT 1 FROM prisoners_death d WHERE d.prisoner_id = one.id
                            AND d.verification <> 'unverified' AND (d.on_earliest <= %(on)s OR d.on_earliest IS NULL)))"""
YEAR = "CASE WHEN date_part('year', {e}) = date_part('year', {l}) THEN date_part('year', {e})::text ELSE 'unknown' END"
BY = "({e} IS NULL OR {e} <= %(on)s)"
LAST_VERDICT = """
    last AS (
        SELECT DISTINCT ON (prosecution_id) * FROM decided d
         WHERE kind = 'guilty_verdict' AND instance = 'first' AND link_id IS NOT NULL
           AND (on_earliest IS NULL OR on_earliest <= %(on)s)
         ORDER BY prosecution_id, round DESC, moment DESC, id DESC),
    standing AS (
        SELECT l.* FROM last l JOIN one ON one.id = l.prisoner_id WHERE NOT l.in_absentia AND NOT EXISTS (
            SELECT 1 FROM decided a WHERE a.prosecution_id = l.prosecution_id
               AND a.kind IN ('quashed', 'remitted', 'returned_to_prosecutor')
               AND (a.on_earliest IS NULL OR a.on_earliest <= %(on)s)
               AND (a.supersedes_id = l.id OR a.round > l.round OR (a.round = l.round AND a.moment > l.moment)))),
    length AS (
        SELECT s.prisoner_id, max(12 * coalesce(p.years, 0) + coalesce(p.months, 0) + coalesce(p.days, 0) / 30.0) AS months
          FROM standing s JOIN cases_penalty p ON p.decision_person_id = s.link_id AND p.kind = 'imprisonment'
         WHERE NOT EXISTS (SELECT 1 FROM cases_penalty q WHERE q.decision_person_id = s.link_id
                            AND q.kind IN ('suspended', 'deferral'))
         GROUP BY s.prisoner_id)"""


def rows(statement: str, on: date, more: str = "") -> dict[str, int]:
    """The numbers of a statement that gives codes with numbers; nought is left out."""
    ctes = FACTS + (f",{more}" if more else "")
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {ctes} {statement}", {"on": on})
        return {code: number for code, number in cursor.fetchall() if number}


def of_people(codes: str, source: str, on: date, more: str = "") -> dict[str, int]:
    """Different people by a code."""
    return rows(f"SELECT {codes}, count(DISTINCT one.id) FROM {source} GROUP BY 1", on, more)


def total(source: str, on: date, more: str = "") -> dict[str, int]:
    return rows(f"SELECT '', count(DISTINCT one.id) FROM {source}", on, more)


def year(e: str, l: str | None = None) -> str:  # noqa: E741
    return YEAR.format(e=e, l=l or e.replace("earliest", "latest"))


def people(on):
    return {
        "total": total("one", on),
        "first_year": of_people("coalesce(date_part('year', one.first)::text, 'unknown')", "one", on),
    }


def liberty(on):
    ends = {}
    for y in range(first_year(), on.year + 1):
        found = rows("SELECT '', count(*) FROM deprived", min(date(y, 12, 31), on))
        ends |= {str(y): number for number in found.values()}
    return {"total": rows("SELECT '', count(*) FROM deprived", on), "at_end_of_year": ends}


def first_year() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH {FACTS} SELECT min(first) FROM known JOIN prisoners_prisoner p ON p.id = prisoner_id"
            " WHERE p.state = 'published'",
            {"on": date(2026, 11, 23)},
        )
        return cursor.fetchone()[0].year


OURS = f"""one JOIN recognition r ON r.prisoner_id = one.id AND r.outcome = 'recognised' AND {BY.format(e="r.e")}"""


def recognised(on):
    ours = f"{OURS} AND r.decided_by = 'this_project'"
    first = f"""(SELECT DISTINCT ON (r.prisoner_id) r.prisoner_id, r.e, r.l FROM recognition r
        WHERE r.decided_by = 'this_project' AND r.outcome = 'recognised' AND {BY.format(e="r.e")}
        ORDER BY r.prisoner_id, r.e NULLS FIRST, r.l) f JOIN one ON one.id = f.prisoner_id"""
    stands = f"""EXISTS (SELECT 1 FROM recognition s WHERE s.prisoner_id = one.id AND s.decided_by = 'this_project'
        AND s.outcome = 'recognised' AND {BY.format(e="s.e")} AND NOT EXISTS (
            SELECT 1 FROM recognition w WHERE w.prisoner_id = one.id AND w.decided_by = 'this_project'
               AND w.outcome = 'withdrawn' AND {BY.format(e="w.e")} AND (w.l IS NULL OR w.l >= s.e)))"""
    now = f"""CASE WHEN NOT {stands} THEN 'withdrawn'
        WHEN one.id IN (SELECT id FROM deprived) THEN 'deprived' ELSE 'not_deprived' END"""
    hrc = f"{OURS} AND r.decided_by = 'memorial_hrc'"
    only = f"{hrc} AND one.id NOT IN (SELECT one.id FROM {ours})"
    ends = {}
    for y in range(2022, on.year + 1):
        # Of those known on the day itself: everybody who has been recognised is.
        found = total(ours, min(date(y, 12, 31), on))
        ends |= {str(y): number for number in found.values()}
    inherited = {
        "memorial_hrc": total(hrc, on),
        "memorial_hrc_only": total(only, on),
        "other": total(f"{OURS} AND r.decided_by = 'other'", on),
    }
    return {
        "total": total(ours, on),
        "now": of_people(now, ours, on),
        "first_year": of_people(year("f.e", "f.l"), first, on),
        "at_end_of_year": ends,
        "inherited": {code: number[""] for code, number in inherited.items() if number},
    }


def arrests(on):
    source = f"one JOIN custody c ON c.prisoner_id = one.id AND {BY.format(e='c.e')}"
    return {"total": total(source, on), "year": of_people(year("c.e", "c.l"), source, on)}


def prosecutions(on):
    source = f"one JOIN prosecution s ON s.prisoner_id = one.id AND {BY.format(e='s.since_earliest')}"
    criminal = f"{source} AND s.case_kind = 'criminal'"
    return {
        "total": total(criminal, on),
        "year": of_people(year("s.since_earliest"), criminal, on),
        "kind": of_people("s.case_kind", source, on),
    }


def decisions(on):
    source = f"""one JOIN decided d ON d.prisoner_id = one.id AND d.case_kind = 'criminal' AND {BY.format(e="d.on_earliest")}
        AND (d.kind = 'discontinuation' OR (d.instance = 'first'
             AND d.kind IN ('guilty_verdict', 'acquittal', 'medical_ruling')))"""
    kinds = of_people("d.kind", source, on)
    by_kind = {
        kind: of_people(year("d.on_earliest"), f"{source} AND d.kind = '{kind}'", on) for kind in kinds
    }
    return {"total": total(source, on), "kind": kinds, **by_kind}


def articles(on):
    source = """one JOIN prosecution s ON s.prisoner_id = one.id
        JOIN cases_charge c ON c.prosecution_id = s.id AND c.verification <> 'unverified'
        JOIN cases_article a ON a.id = c.article_id
        LEFT JOIN (SELECT charge_id, min(on_earliest) AS e FROM cases_chargeevent WHERE kind = 'brought' AND "on" IS NOT NULL
                      AND verification <> 'unverified' GROUP BY 1) b ON b.charge_id = c.id
        WHERE coalesce(b.e, s.since_earliest) IS NULL OR coalesce(b.e, s.since_earliest) <= %(on)s"""
    return {"total": total(source, on), "article": of_people("a.slug", source, on)}


def themes(on):
    source = """one LEFT JOIN prisoners_prisonertheme t ON t.prisoner_id = one.id
        LEFT JOIN prisoners_theme h ON h.id = t.theme_id"""
    return {"total": total("one", on), "theme": of_people("coalesce(h.code, 'none')", source, on)}


def regions(on):
    source = "one LEFT JOIN prisoners_region g ON g.id = one.region_id"
    return {"total": total("one", on), "region": of_people("coalesce(lower(g.code), 'unknown')", source, on)}


def sex(on):
    code = "coalesce(nullif(one.gender, ''), 'unknown')"
    return {
        "total": total("one", on),
        "all": of_people(code, "one", on),
        "deprived": of_people(code, "deprived one", on),
    }


BORN = """CASE WHEN date_part('year', born_earliest) = date_part('year', born_latest)
    THEN date_part('year', born_earliest) END"""
GROUP = """CASE WHEN age IS NULL THEN 'unknown' WHEN age < 18 THEN '0-17' WHEN age < 30 THEN '18-29'
    WHEN age < 40 THEN '30-39' WHEN age < 50 THEN '40-49' WHEN age < 60 THEN '50-59'
    WHEN age < 70 THEN '60-69' ELSE '70-' END"""


def held(on):
    place = """CASE WHEN s.reason = 'house_arrest' OR s.public = 'no' THEN NULL WHEN s.region_id IS NOT NULL
        THEN s.region_id WHEN s.public = 'yes' AND f.state = 'published' THEN f.region_id END"""
    source = f"""deprived one JOIN open_stay s ON s.prisoner_id = one.id
        LEFT JOIN prisoners_facility f ON f.id = s.facility_id LEFT JOIN prisoners_region r ON r.id = {place}"""
    region = of_people("coalesce(lower(r.code), 'unknown')", source, on)
    return {"total": total("deprived one", on), "region": region}


def ages(on):
    then = f"(SELECT id, {on.year} - ({BORN}) AS age FROM deprived) one"
    first = f"""(SELECT DISTINCT ON (c.prisoner_id) one.id,
            CASE WHEN date_part('year', c.e) = date_part('year', c.l) THEN date_part('year', c.e) - ({BORN}) END AS age
        FROM one JOIN custody c ON c.prisoner_id = one.id AND {BY.format(e="c.e")}
        ORDER BY c.prisoner_id, c.e NULLS FIRST) one"""
    return {
        "total": total("deprived one", on),
        "on_the_day": of_people(GROUP, then, on),
        "on_the_day_median": median(then, "age", on),
        "at_arrest": of_people(GROUP, first, on),
        "at_arrest_median": median(first, "age", on),
    }


def median(source: str, column: str, on: date, more: str = "") -> dict[str, int | None]:
    """The middle one of at least five, halves rounded up, and how many they are."""
    ctes = FACTS + (f",{more}" if more else "")
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH {ctes} SELECT floor(percentile_cont(0.5) WITHIN GROUP (ORDER BY {column}) + 0.5)::int,"
            f" count({column}) FROM {source}",
            {"on": on},
        )
        middle, number = cursor.fetchone()
    return {"median": middle if number >= 5 else None, "number": number}


def terms(on):
    lengths = """CASE WHEN months <= 36 THEN '0-3' WHEN months <= 60 THEN '3-5' WHEN months <= 84 THEN '5-7'
        WHEN months <= 120 THEN '7-10' WHEN months <= 180 THEN '10-15' ELSE '15-' END"""
    life = """SELECT 'life', count(DISTINCT s.prisoner_id) FROM standing s
        JOIN cases_penalty p ON p.decision_person_id = s.link_id"""
    return {
        "total": rows("SELECT '', count(*) FROM length", on, LAST_VERDICT),
        "length": rows(f"SELECT {lengths}, count(*) FROM length GROUP BY 1", on, LAST_VERDICT),
        "median_months": median("length", "months", on, LAST_VERDICT),
        "life": rows(f"{life} AND p.kind = 'life'", on, LAST_VERDICT),
    }


def releases(on):
    source = f"""one JOIN prisoners_endofcustody e ON e.prisoner_id = one.id AND e.kind = 'release'
        AND e.verification <> 'unverified' AND {BY.format(e="e.on_earliest")}"""
    return {
        "total": total(source, on),
        "ground": of_people("e.ground", source, on),
        "circumstance": of_people("e.circumstance", source, on),
        "year": of_people(year("e.on_earliest"), source, on),
    }


def in_absentia(on):
    source = f"""one JOIN prosecution s ON s.prisoner_id = one.id AND {BY.format(e="s.since_earliest")}
        LEFT JOIN decided d ON d.prosecution_id = s.id AND d.in_absentia AND {BY.format(e="d.on_earliest")}"""
    sentenced = f"{source} WHERE d.kind = 'guilty_verdict'"
    return {
        "total": total(f"{source} WHERE s.in_absentia OR d.id IS NOT NULL", on),
        "sentenced": total(sentenced, on),
        "year": of_people(year("d.on_earliest"), sentenced, on),
    }


def administrative_arrests(on):
    source = f"""one JOIN (
        SELECT prisoner_id, began_earliest AS e, began_latest AS l FROM prisoners_stay
         WHERE reason = 'administrative_arrest' AND verification <> 'unverified'
        UNION ALL SELECT d.prisoner_id, d.on_earliest, d.on_latest FROM decided d
          JOIN cases_penalty p ON p.decision_person_id = d.link_id AND p.kind = 'administrative_arrest'
        ) a ON a.prisoner_id = one.id AND {BY.format(e="a.e")}"""
    now = "one JOIN open_stay s ON s.prisoner_id = one.id AND s.reason = 'administrative_arrest'"
    return {
        "total": total(source, on),
        "on_the_day": total(now, on),
        "year": of_people(year("a.e", "a.l"), source, on),
    }


COUNTS: dict[str, Callable[[date], dict[str, dict[str, int | None]]]] = {
    "people": people,
    "liberty": liberty,
    "recognised": recognised,
    "arrests": arrests,
    "prosecutions": prosecutions,
    "decisions": decisions,
    "articles": articles,
    "themes": themes,
    "regions": regions,
    "held": held,
    "sex": sex,
    "ages": ages,
    "terms": terms,
    "releases": releases,
    "in-absentia": in_absentia,
    "administrative-arrests": administrative_arrests,
}
"""All but the stages, which follow from a rule of many steps: tests/figures/test_stages.py."""
