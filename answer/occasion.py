"""Why somebody asks: at whose request, and what the answer is for. Patterns for `preamble`."""

# Who hands a question on: nobody who uses what is asked about.
_ABOVE = (
    r"(?:(?:市|町|村|区|県)?議会?議?員|議会|委員会?|[市町村区]長|副?知事|首長|上司|上|同僚|先輩|後輩|部下"
    r"|[^。、?!はをがもにで]{0,8}[部課局次係室]長|(?:財政|企画|総務|人事|他|隣の?|原|担当)[部課係]|監査委員|県|国|財務省|総務省)"
)
_FROM = rf"[^。、?!はをがも]{{0,10}}?{_ABOVE}(?:さん|様|の方|の先生)?"
_REQUEST = "照会|質問|問い?合わせ|相談|依頼|要望|指示|宿題|指摘|提案|話|オーダー|リクエスト"
_SO = r"(?:のです|んです|です)?(?:が|けど|けれども?|ので|から|ため)?"
_DID = rf"(?:て(?:い|お)り?(?:まして|ます)|ました|ます|まして|た|て|ている)?{_SO}"
_FOR = "予算(?:要求|編成|査定|案)?|議会(?:答弁|対応|説明)?|答弁|一般質問|視察先?|報告書?|レポート|論文|企画書?|稟議|起案"
# 「研修のため」 may as well be why a town did it.
_AS_WELL = "研修|会議|説明|資料"

OCCASION_JA = (
    # 「議員から照会があり、」, 「財政課からの質問です。」
    rf"{_FROM}(?:から|より)(?:の)?(?:{_REQUEST})(?:が|を|で|に)?"
    rf"(?:あ[りっ]|受け|いただ[きい]|もら[いっ]|来|出)?{_DID}",
    # 「部長から聞かれたのですが、」
    rf"{_FROM}(?:から|に|より)(?:聞|言|頼|求め|尋ね|問|振|調べるよう(?:に)?(?:言|指示さ))(?:わ|か|ま|ら|り)?れ"
    rf"(?:て調べ)?{_DID}",
    # Residents are also what is asked about: only a sentence of its own is an occasion.
    rf"(?:住民|[市町村区]民|保護者|事業者)(?:の方|さん)?(?:から|より)(?:の)?(?:{_REQUEST})(?:が|を)?"
    r"(?:あり|受け|いただき|もらい|来|出)(?:て(?:い|お)り)?(?:まし[たて]|ます)(?=。)",
    # 「市長の指示で調べています。」
    rf"{_FROM}の(?:{_REQUEST}|命令?|意向)(?:で|により|を受け(?:て)?|です)(?:[^。、?!はをが]{{0,8}}?調べ{_DID})?",
    # 「議会対応のため、」, 「市議会で質問があったのですが、」
    rf"[^。、?!はをがもにで]{{0,8}}(?:{_FOR})のため(?:に)?{_SO}",
    rf"[^。、?!はをがもにで]{{0,8}}(?:{_FOR}|{_AS_WELL})の(?:参考に(?:したい|する|します|なる)?(?:と思って(?:い|お)り?ます)?"
    rf"|資料(?:を作|作り|に)[^。、?!はをが]{{0,8}}){_SO}",
    rf"[^。、?!はをがもにで]{{0,8}}(?:議会|委員会|会議|打ち?合わせ|ヒアリング)で(?:の)?(?:{_REQUEST}|議論|話題)"
    rf"(?:が|に|で)?(?:あ[りっ]|なり|なっ|出|受け|され)?{_DID}",
    # 「議会で聞かれて困ってて急ぎなんですけど、」
    r"[^。、?!はをがもにで]{0,8}(?:議会|委員会|会議|打ち?合わせ|ヒアリング)で(?:聞か|言わ|問わ|尋ねら|訊か)れ"
    rf"{_DID}(?:困って(?:い?て|い?ます){_SO})?(?:急ぎ(?:なん|なの)?です{_SO})?",
)
"""Japanese clauses, each without the 。 or 、 that ends it."""

_ROLE = (
    r"(?:council(?:l?or| member|man|woman)?|assembly(?: member)?|committee|mayor|deputy mayor|governor|boss"
    r"|manager|supervisor|director|superior|colleague|coworker|co-worker|chief|head|section|department)s?"
)
_WANTS = (
    r"(?:(?:has |have |just |also |is |are |was )*(?:ask(?:s|ed|ing)?|wonder(?:s|ed|ing)?|want(?:s|ed)?|need(?:s|ed)?|would like|request(?:s|ed)?)"
    r"(?: (?:me|us))?(?: to (?:know|see|find out|learn|check|look up))?)"
)
_PAPER = (
    r"(?:budget|report|plan|proposal|presentation|briefing|thesis|dissertation|paper|essay|study|research"
    r"|survey|answer|reply|speech|article|homework|master['’]?s)"
)
OCCASION_EN = (
    # "A council member asks who …", "The mayor wants to know: …"
    rf"(?:an?|the|our|my|one of (?:our|the|my)|some)(?: [\w-]+)? {_ROLE}(?: (?:of|in|from|at) [^.,:;?!]{{1,30}}?)? {_WANTS}"
    r"(?:\s*[:,–—-]\s*|\s+(?:if |whether |for (?:a list of )?)?(?=(?:who|which|what|where|when|how|why)\b))",
    rf"(?:an?|the|our|my|one of (?:our|the|my)|some)(?: [\w-]+)? {_ROLE} (?:wants?|needs?|asked for|asks for|requested) (?=a list of\b)",
    # "We are preparing the budget.", "I'm writing a thesis on islands."
    r"(?:i['’]?m|i am|we['’]?re|we are|i have been|we have been|i['’]?ve been)(?: currently| now)?"
    r" (?:prepar|writ|draft|mak|do|plann|work|conduct|collect|research|study)ing\b(?: on)?"
    rf"(?: [\w'’-]+){{0,3}}? {_PAPER}\b[^.;?!,]{{0,50}}?(?:[.;!]+\s+|,? (?:and|so|but) (?=(?:i|we)\b))",
)
"""English openings, each up to where the question begins."""
