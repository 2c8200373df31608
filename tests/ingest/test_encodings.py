"""Every sample is read as it was written or refused; none is garbled."""

import codecs
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errors import JireiError
from ingest.encodings import decode
from tests.ingest.samples import encoded, same

SENTENCES = (
    "本町の窓口では、転入届の受付にタブレット端末を使っている。",
    "令和６年度の補助金は、総額で１２０万円を見込む。",
    "職員採用試験日程（一次試験・二次試験）の公表について",
    "①申請書の様式②添付書類③返信用封筒を同封してください。",
    "委託先は㈱みどり計算とし、期間は５か月～１年とする。",
    "担当：髙橋、山﨑（内線 204）",
    "ﾊﾞｽの運行ﾀﾞｲﾔを見直し、ｱﾝｹｰﾄで利用者の声を集めた。",
    "ﾎｼﾞｮｷﾝ ｺｳﾌ ｼﾝｾｲｼｮ ｲﾁﾗﾝ ﾋｮｳ",
    "RPAを導入した部署は12課で、年間3,400時間を減らした。",
    "ごみ収集日は、地区ごとに曜日がちがいます。",
    "防災行政無線のデジタル化工事が完了した",
    "氏名,住所,電話番号\r\n佐々木花子,北町1-2,0120-000-000\r\n",
    "図書館カードをスマートフォンに入れられるようにした。",
    "人口減少対策推進本部会議録",
    "子育て世帯へのおむつ配布事業、来年度も続けます！",
    "高齢者見守りセンサーを百五十世帯に設置したところ、通報は三件だった。",
    "道路損傷通報システム運用要領",
    "ＡＩチャットボットに、年間およそ二万件の質問が届く。",
    "「やさしい日本語」で書く研修を、全職員が受けた。",
    "畑を荒らす獣を、わな猟の記録とともに地図に載せた",
)
ENCODINGS = ("utf-8", "utf-8-sig", "cp932", "euc-jp", "iso-2022-jp", "utf-16", "utf-16-le")
SIZES = (20, 24, 32, 48, 80)


def samples() -> list[tuple[str, str]]:
    """Texts and encodings: stretches of the sentences that take at least so many bytes."""
    chance = random.Random(6)
    found = set()
    for encoding in ENCODINGS:
        for sentence in SENTENCES:
            for size in SIZES:
                text = sentence + chance.choice(SENTENCES)
                start = chance.randrange(len(sentence) // 2)
                end = start + 1
                while len(encoded(text[start:end], encoding)) < size and end < len(text):
                    end += 1
                found.add((text[start:end], encoding))
    return sorted(found)


def test_no_sample_of_20_bytes_or_more_is_garbled_and_hardly_any_is_refused():
    garbled, refused = [], []
    every = samples()
    for text, encoding in every:
        try:
            read = decode(encoded(text, encoding), "a.txt")
        except JireiError as error:
            refused.append((text, encoding, error.key))
            continue
        if not same(read.text, text) or read.confidence < 0.999:
            garbled.append((text, encoding, read))
    assert len(every) >= 600
    assert garbled == []
    assert {key for _, _, key in refused} <= {"encoding_uncertain"}
    assert len(refused) <= 0.02 * len(every)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_sentence_as_a_whole_is_read_in_every_encoding(encoding):
    text = "\n".join(SENTENCES)
    read = decode(encoded(text, encoding), "a.txt")
    assert same(read.text, text)
    assert (read.encoding, read.confidence) == (encoding, 1.0)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("政府采购信息公开管理办法实施细则", "gb18030"),
        ("주민센터에서 전입 신고를 받습니다", "euc-kr"),
        ("請填寫申請表並附上身分證影本", "big5"),
        ("Les résumés des séances précédentes étaient élargis", "cp1252"),
        ("Über die Straßenbeleuchtung können Bürger", "cp1252"),
        ("Заявление о регистрации по месту жительства", "cp1251"),
    ],
)
def test_encodings_of_other_languages_are_refused(text, encoding):
    with pytest.raises(JireiError) as info:
        decode(text.encode(encoding), "a.txt")
    assert info.value.key in ("encoding_unknown", "encoding_unlikely", "encoding_uncertain")


@pytest.mark.parametrize(
    "text", ["résumé, naïve", "한국어 안내문", "Ça va", "題\n", "。", "😀", "ﾃｽﾄ", "abc\n"]
)
def test_utf_8_is_read_however_short_and_in_any_language(text):
    assert decode(text.encode(), "a.txt").text == text


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF8])
def test_byte_order_mark_that_the_bytes_do_not_keep_to_is_refused(mark):
    with pytest.raises(JireiError) as info:
        decode(mark + b"\xff\xff\xd8\xd8\xd8", "a.txt")
    assert info.value.key in ("encoding_unknown", "file_binary")


def test_one_broken_byte_in_a_long_file_is_named():
    data = ("窓口の受付を始めた。" * 50).encode("cp932")
    with pytest.raises(JireiError, match=r"a.txt の文字コードが.*200 バイト目.*UTF-8 で") as info:
        decode(data[:200] + b"\xff\x00" + data[200:], "a.txt")
    assert info.value.key == "encoding_unknown"


@pytest.mark.parametrize(("text", "encoding"), [("係長", "euc-jp"), ("ｶｰﾄﾞ", "cp932")])
def test_text_too_short_to_be_sure_of_is_refused(text, encoding):
    match = r"a.txt の文字コードを確かめられません（.*(cp932|euc-jp) か (cp932|euc-jp)）.*UTF-8 で"
    with pytest.raises(JireiError, match=match) as info:
        decode(encoded(text, encoding), "a.txt")
    assert info.value.key == "encoding_uncertain"


def test_hexadecimal_ascii_that_could_be_utf_16_is_refused():
    with pytest.raises(JireiError) as info:
        decode("あいうえおかき".encode("utf-16-le"), "a.txt")
    assert info.value.key == "encoding_uncertain"


@given(st.binary(min_size=20, max_size=200))
def test_bytes_at_random_are_read_whole_or_refused(data):
    try:
        read = decode(data, "a.txt")
    except JireiError:
        return
    assert read.confidence > 0.999
    assert "\ufffd" not in read.text


def test_long_utf8_with_a_control_character_is_still_binary():
    with pytest.raises(JireiError) as caught:
        decode(("あ" * 300 + "\x01").encode(), "a.txt")
    assert caught.value.key == "file_binary"
    assert decode(("あ" * 300).encode(), "a.txt").encoding == "utf-8"
