"""Sums of transactions by type and currency, counted without muster: ElementTree and Decimal.

What is the same activity twice (identifier and transactions) counts once. Output: TYPE CURRENCY
SUM, in whole parts of the currency.
"""
import sys
from collections import defaultdict
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from xml.etree import ElementTree

OLD = {"IF": "1", "C": "2", "D": "3", "E": "4", "IR": "5", "LR": "6", "R": "7", "QP": "8",
       "QS": "9", "CG": "10", "contribution": "1", "commitment": "2", "disbursement": "3",
       "disbursment": "3", "expenditure": "4"}
OCHA = {"20": "13", "30": "11", "40": "1"}
PLACES = {"JPY": 0, "KRW": 0, "XOF": 0, "XAF": 0, "VND": 0, "UGX": 0, "CLP": 0, "KWD": 3, "JOD": 3}


def attr(e, name):
    return "" if e is None else e.get(name, "").strip()


def kind(t):
    e = t.find("transaction-type")
    code = attr(e, "code") or attr(e, "ref")
    if e is None:
        code = t.get("type", "")
        if not code:
            status = t.find("status")
            code = OCHA.get(attr(status, "code") or attr(status, "ref"),
                            "1" if t.get("flow") == "incoming" else "")
    return OLD.get(code, code).lstrip("0")


def moves(activity):
    for t in activity.findall("transaction"):
        v = t.find("value")
        text = "" if v is None or v.text is None else v.text.strip().replace(",", "")
        try:
            amount = Decimal(text)
        except InvalidOperation:
            continue
        cur = attr(v, "currency") or activity.get("default-currency", "").strip() or "XXX"
        date = attr(t.find("transaction-date"), "iso-date")
        yield kind(t), cur, amount, date, t.get("ref", "")


sums, seen = defaultdict(int), set()
for activity in ElementTree.parse(sys.argv[1]).getroot().iter("iati-activity"):
    name = ((activity.findtext("iati-identifier") or "").strip()
            or (activity.findtext("other-identifier") or "").strip())
    who = name and (name, attr(activity.find("reporting-org"), "ref"))
    all_of_it = tuple(moves(activity))
    if who and (who, all_of_it) in seen:
        continue
    seen.add((who, all_of_it))
    for sort, cur, amount, _, _ in all_of_it:
        sums[sort, cur] += int((amount * 10 ** PLACES.get(cur, 2)).quantize(Decimal(1), ROUND_HALF_EVEN))
for (sort, cur), total in sorted(sums.items()):
    print(sort, cur, total)
