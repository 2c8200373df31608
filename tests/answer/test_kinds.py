"""Kinds of questions, and how each is answered."""

import pytest

from answer.question import understand

KINDS = """
list|紙が何枚減ったか書いてある事例を教えて
list|残業が何時間減ったと示す市町村（見込みは除く）
list|何か住民向けにLINEで始めた役所を、規模を問わず知りたい
list|ワンストップ窓口を置いている自治体は？
list|Who in Hyogo uses RPA?
fact|Who in Fukaya uses RPA?
fact|Where did Hyogo buy its drones?
list|Small towns using AI?
list|AI minutes, any examples?
count|どれくらいの町が電子申請を導入していますか？
list|窓口がワンストップの市は？
list|配車を人工知能が決めている自治体はどちらでしょうか
list|小学生が本を好きになる工夫、ほかにありますか
list|実証だけで終わった取組は？
list|待ち時間が何分か書いてあるのは？
fact|止まった例は何件ありましたか
fact|手間取ったのは何ですか
fact|申請には何日くらいかかるものでしょうか
fact|県で減らした書類は何種類？
fact|利用者数がトップの自治体は？
list|Who has generative AI write a first draft?
list|Where are most bookings now made online?
list|Where do at least half of the staff telework?
fact|Who was first to test ChatGPT?
fact|Which town has the most drones?
list|Which libraries lend tablets?
list|Whose assembly went paperless?
list|Cashless ended, fees too high – which?
list|Staff who fly the drones themselves
list|Who teaches older people how to pay by phone?
how|Who uses kintone, and how did they learn it?
fact|Which weakness cost the testers time?
fact|Which problems made the town build apps?
fact|How many of the city's staff use ChatGPT?
fact|How many students did the town host?
fact|How many hours did cities save?
count|How many of the cities use RPA?
count|何団体がRPAを使っていますか？
count|いくつの市が書かない窓口を導入していますか
count|how many cities use RPA?
count|RPAを導入している自治体はいくつありますか
fact|横須賀市は何団体と連携していますか？
yesno|横須賀市はRPAを使っていますか
yesno|Does Machida use RPA?
yesno|町田市は生成AIを導入した？
list|Is there a town that uses drones?
list|雪国の担当者です。除雪車の位置を住民に見せている市はありますか？
list|こんにちは。RPAを使っている市を教えてください。よろしくお願いします。
list|RPA 税 事例
list|ＲＰＡ　税　事例
how|横須賀市は生成AIをどのように使っていますか
how|なぜ町田市はRPAを始めたのですか
how|How did Saitama introduce RPA?
how|Why did Machida start?
how|書かない窓口を導入する方法は？
how|加賀市が電子市民制度を始めた経緯を教えて
how|自治体はどのように生成AIを使っていますか
how|How do cities use generative AI?
yesno|Do cities use drones?
fact|最も多くの時間を減らした市は？
fact|Which city saved the most hours?
fact|一番早くRPAを導入したのはどこ？
list|Which cities saved the most hours?
list|Could you tell me which cities use RPA?
list|I'd like to know which towns have drones.
fact|町田市のRPAの効果は？
count|How many cases do you have from Hokkaido?
count|How many Hokkaido cases do you have?
compare|つくば市、長岡市、旭川市でRPAがいちばん時間を減らしたのはどこ
count|福島県の事例は何件ありますか？
fact|氷見市の応援協定、どこの市と結んだ？
list|札幌市に学んだのはどこの市？
list|Hello, we are a small town in the north. Are there any towns that use AI for snow? Thank you.
compare|町田市とつくば市のRPAは？
compare|町田市と八王子市でRPAを使っているのは？
compare|青森県と岩手県の違いは？
list|青森県と岩手県でRPAを使っているのは？
compare|青森県と岩手県でAIを先に使い始めたのは？
compare|How does Machida compare with Tsukuba?
compare|Who saved more, Tsukuba or Nagaoka?
compare|Which city saved more hours: Tsukuba, Machida or Nagaoka?
compare|Which city, Tsukuba or Nagaoka, saved more?
compare|Of Tsukuba and Nagaoka, which town saved more?
list|Which towns in Hokkaido or Aomori use RPA?
list|Which cities work together with Tsukuba and Nagaoka?
compare|つくば市と長岡市、どちらが多く時間を減らした？
compare|つくば市と長岡市で多く減らしたのはどこ？
compare|つくば市、長岡市、町田市のうち、RPAで最も多く減らしたのはどこ？
list|倉敷市と高松市と一緒に早くから調達したのはどこの市？
fact|青森県と岩手県で最も多く時間を減らした市は？
list|埼玉県でRPAを使っている市は？
list|九州でRPAを使っているのはどこ？
list|うちの市でもRPAを検討中なので、参考になる事例を教えていただけますか
list|RPAを使っている自治体を知りたいのですが、ありますか？
fact|What is DX?
fact|RPAとは何ですか
fact|富士山の高さは何メートル？
fact|電子図書館の蔵書は何冊？
fact|申請は何通？
fact|導入まで何ヶ月かかった？
fact|見守りの機器は何カ所に付けた？
fact|何年から始めましたか
list|何本かの路線を自動運転にしている
list|何千時間という単位で仕事を減らした自治体を教えてください
list|RPAの導入事例を教えてもらえますか？
yesno|RPAで入力ミスは減りますか？
list|町田市以外でRPAを使っている市は？
list|LINEで申請できるところ
list|地域通貨を発行している町はどこですか。
fact|つくば市がネット投票を始めたのはいつですか？
list|AIで議事録を作っている団体名を一覧で
list|住民票をコンビニで出せる市を3つ挙げて
fact|テレワーク率が最も高いのはどの県？
list|職員数が少ない町村でもできるDXの例はありますか？
list|towns with fewer than 50 staff that use RPA
how|つくば市はどうやってRPAを広めたの？
list|Any examples of AI in nursery placement?
list|Has any city used AI for minutes?
yesno|横須賀市にAIの相談窓口はある？
fact|横須賀市のAIチャットの利用者数を教えてください
list|子育て支援アプリを出している自治体って他にある？
fact|Could you tell me what Machida did?
yesno|Do you know whether Machida uses RPA?
list|予算がいくらかかるか心配です。チャットボットを入れた市を教えてください。
how|町田市は誰と協力してRPAを導入したのですか
list|北海道でAIを使っているのは？
list|さいたま市を除く埼玉県の市でAIを使うのは？
list|静岡の自治体でRPAを使っているのは？
list|鹿児島県の離島でオンライン診療をしているのは？
fact|神奈川県がAIを使っているのは？
fact|町田市でRPAを使っているのは？
list|Which Kyushu municipalities use RPA?
list|神奈川の市でAI活用
list|大阪府下の市でLINE申請
list|滋賀 生成AI
fact|町田市 生成AI
fact|長野県のDX
how|福岡の市で、前の製品が高くついた理由は何だったのでしょうか
fact|北海道で最も早くRPAを導入したのは？
fact|東京都で一番早くRPAを導入したのは？
fact|静岡県で補助金の対象になるのは？
fact|大分県でRPAで減ったのは？
fact|愛知県の町でデマンド交通の利用料金
fact|長野県 デマンド交通 費用
list|Which Hokkaido towns use AI?
list|AI in Hokkaido
fact|Explain Tokyo RPA
fact|Nagano Prefecture budget
list|Hokkaido AI
list|Ehime towns that dispatch taxis with AI
fact|Average monthly riders on the bus in Hokkaido
compare|福岡市と福岡県のDX推進体制の違い
compare|How does Nagoya differ from Aichi Prefecture in RPA?
fact|福岡県福岡市のDX推進体制は？
count|何件の自治体がRPAを使っていますか
list|RPAを導入している市をご存知でしょうか？
list|導入済みの市をご存じですか
list|全国初をうたっている取り組み
fact|How many of its branch offices does the city close?
"""


@pytest.mark.parametrize("line", KINDS.strip().splitlines())
def test_kind(line: str) -> None:
    kind, text = line.split("|")
    assert understand(text).kind == kind


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("RPAを使っている市は？", "list"),
        ("何団体がRPAを使っていますか？", "list"),
        ("町田市とつくば市のRPAを比べて", "compare"),
        ("横須賀市はRPAを使っていますか", "fact"),
        ("横須賀市はRPAをどのように使っていますか", "fact"),
        ("自治体はどのように生成AIを使っていますか", "list"),
        ("How do cities use generative AI?", "list"),
        ("Do cities use drones?", "list"),
        ("RPAで入力ミスは減りますか？", "fact"),
        ("千葉県の市はキャッシュレスをどう進めていますか", "list"),
        ("千葉県はキャッシュレスをどう進めていますか", "fact"),
        ("Are towns in Nagano using on-demand transport?", "list"),
        ("Are towns in Machida using on-demand transport?", "fact"),
        ("福岡の市で、前の製品が高くついた理由は何だったのでしょうか", "fact"),
        ("自治体DXとは何か？", "fact"),
        ("市ではなぜドローンをやめましたか", "fact"),
        ("導入のあと、市ではなぜドローンをやめましたか", "fact"),
        ("ドローンを使う市ではどうやって人を育てていますか", "list"),
        ("Why did the city stop its drones?", "fact"),
        ("Has a city stopped its drones?", "list"),
    ],
)
def test_mode(text: str, mode: str) -> None:
    assert understand(text).mode == mode


def test_city_in_its_prefecture_is_one_place_and_no_comparison() -> None:
    assert understand("埼玉県さいたま市のRPAは？").kind == "fact"
    assert understand("広島県の府中市、RPAは？").kind == "fact"
