"""Words for who is asked about in general, and for what these do: patterns."""

WHO_JA = (
    "都道府県|県庁|市町村|市区町村|自治体|団体|市役所|役所|役場|都市|市|町|村|区|県"
    "|まち|街|地域|とこ|ところ|所"
)
WHO_EN = (
    r"(?:cit(?:y|ies)|towns?|villages?|wards?|municipalit(?:y|ies)|prefectures?"
    r"|(?:local )?governments?|places?|councils?|(?:local )?authorit(?:y|ies)|offices|ones)"
)
_OFFICIAL = "(?:(?:local|municipal) )?"
TOWNS_EN = (
    "(?:cities|towns|villages|wards|municipalities|councils"
    rf"|{_OFFICIAL}(?:governments|authorities))"
)
"""Municipalities in general, more than one."""
TOWN_EN = f"(?:city|town|village|ward|municipality|council|{_OFFICIAL}(?:government|authority))"
"""Any one of these."""
MARK = "〓"
"""Stands for a place that the question names, so that its 市 or "City" asks for nobody."""
THINGS_JA = "取り組み|取組み?|施策|事業|仕組み|サービス|事例|例|ケース|動き|活動|試み|工夫|話|もの"
