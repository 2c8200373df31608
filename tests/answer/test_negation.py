"""Who does not do a thing is asked, or something is only said with a negation."""

import pytest

from answer.question import understand

ASKS_WHO_DOES_NOT = """
RPAを使っていない市
RPAを導入していないところはどこ？
生成AIをまだ始めていない自治体は？
生成AIをまだ始めていないのは？
RPA未導入の市は？
マイナンバーに対応していない自治体を教えて
which cities without RPA?
cities that don't use RPA
Which municipalities have not introduced RPA?
Which towns haven't started using AI?
which towns are still without a chatbot?
どの市がRPAを使っていませんか
テレワークを実施していない県は？
RPAを導入したことがない市は
RPAをやってないところ
Who doesn't use RPA?
Which cities are not using AI?
cities without a dedicated DX section
which towns without automated minutes?
Which municipalities without chatbots are there?
Which towns that do not use RPA?
municipalities that have not yet introduced RPA or used AI
cities without a chatbot that is open at night
効果を公表していない市は？
RPAの予算を計上していない市は？
RPAの効果がまだ出ていない市は？
Which cities are not seeing results?
予算の説明に生成AIを使っていない市
電子決裁をまだ使っていない町は？
RPAを使っていない市で人口が多いのは？
"""
CAN_BE_STATED = """
書かない窓口のある市は？
来ない役所を目指す市は？
行かない窓口を作った自治体
待たない窓口を作った市
書かない市役所
システムが止まらない仕組みを作った市
スマホを使えない人を助ける市は？
操作ができない人を手伝う町
スマホに慣れていない人を助ける町は？
紙を使わない会議をしている市は？
紙を使っていない役所は？
現金を使わない市
which cities hold meetings without paper?
which towns let people apply without going to city hall?
cities without paper forms
people not used to phones: which towns help them?
RPAを導入してうまくいかなかった市は？
AIを入れたのに職員が使っていない市は？
Which cities do not require seals?
窓口に来なくてよい市
人手が足りていない市
横須賀市はRPAを使っていないのですか
ネットにつながらない地域でも使える仕組みを作った町
行かなくてもいい窓口
使われていないシステムをやめた市
Which cities stopped using fax?
誰も取り残さないデジタル化を掲げる市は？
Which towns without IT specialists built their own apps?
Which towns without engineers introduced RPA?
cities without a dedicated DX section that introduced RPA
Which towns that do not employ engineers made their own apps?
Which towns that do not use RPA have introduced AI-OCR?
予算を使わない市は？
スマホを使っていない市民にも届くように情報を出している市は？
使われていない市有施設をドローンの練習場にした町は？
RPAを導入していない自治体への支援をしている県は？
マイナンバーカードをまだ取得していないのは何割ですか
AI-OCRを試した結果、採用しなかったところ
Where can residents pay the city without handing over cash?
Which prefecture helps towns without engineers?
Which cities have not only introduced RPA but also measured the hours saved?
費用をかけていない市は？
専門職員を置いていない町でアプリを作ったのは？
RPAを使っていない市がAIを導入した例
"""


@pytest.mark.parametrize("text", ASKS_WHO_DOES_NOT.strip().splitlines())
def test_negated(text: str) -> None:
    assert understand(text).negated


@pytest.mark.parametrize("text", CAN_BE_STATED.strip().splitlines())
def test_not_negated(text: str) -> None:
    assert not understand(text).negated


def test_named_town_that_does_not_yet_do_it_is_no_list_of_such_towns() -> None:
    assert not understand("神戸市はまだRPAを使っていないのですか？").negated
    assert understand("まだRPAを使っていない市はありますか？").negated
