"""The frame of a question, which asks but does not say what for, and what remains without it."""

import re
from collections.abc import Iterable

from answer.spans import Span, blanked
from answer.who import WHO_JA
from index.terms import split_words

# Words of the frame, in the normal form of index.terms.
FRAME = frozenset(
    """市 町 村 区 県 都 府 都道府県 市町村 市区町村 自治体 団体 庁 県庁 役所 役場 市役所 町村 地方 公共 国内 全国
    何処 何れ どこ どれ どの 何 誰 何時 幾ら 幾つ 幾 どう 如何 どんな 教える 知る 挙げる 探す 調べる 一覧 全て 全部
    事例 事例集 例 先進 先行 前例 使う 使用 利用 活用 用いる 導入 入れる 実施 行う 為る 遣る 取り組み 取り組む 取組
    始める 進める 活かす ケース 内容 詳しい 具体 具体的 方法 場合 為 中 他 等 例えば 現在 今 既に 数 くらい 程度
    分かる 言う 思う とこ 欲しい 呉れる 頂く 願う 良い 良く 参考 様 御 其々 仕舞う 見る 見せる 紹介 最近 近年
    遣り方 積もり 方 有無 種類 一寸 是非 出来る 貰う ある 沢山 幾つか リスト 含める 成る 於く 関する 就く
    対する 因る 絞る 限る 示す みたい 頃 まち 街 さん 折角 同じ 同様 うち 一番 最も もっとも まだ もっと 未だ もう 要る
    which what who where when how why whose whom is are was were be been being am do does did done
    has have had having can could will would should may might must the a an of for to in on at by
    from with without into about as and or not no any some all there their them they its it this
    that these those city cities town towns village villages ward wards municipality municipalities
    prefecture prefectures local government governments place places council councils japan japanese
    use uses used using introduce introduced introducing introduction adopt adopted adopting implement implemented
    implementing tell me please list
    show find name give example examples case cases many much via per than more most our your
    i we you he she let us start started begin began begun run runs running make makes made making get gets got
    set up offer offers offered offering provide provides provided providing have already
    one ones anyone anybody someone somebody else also too now currently ever other others such if
    whether would like know want looking look see could possible kind good best here just both
    between then during while so up out off yes hi hello thanks thank you dear i'm i'd we're i've
    authority authorities try tries trying tried does doesn't don't didn't haven't hasn't aren't
    isn't office offices question interested colleagues considering thinking recommend useful
    reference compare compared comparison difference differences different versus vs respectively
    each after before since across near inside outside rather instead only even actually
    through over under doing thing things every similar same elsewhere nationwide something anything several various""".split()
)

_ASKING = (
    r"(?:教えて|おしえて|挙げて|あげて|見せて|紹介して|探して|リストアップして|まとめて|示して|出して|だして"
    r"|知らせて)(?=$|[。?!\s、]|くだ|下さ|ほし|欲し|もら|貰|いただ|頂|くれ|ね|よ)"
    r"(?:ください|下さい|くださ|ほしい(?:です|んです)?|欲しい(?:です)?|もらえ(?:ます|る)か|もらえませんか"
    r"|いただけ(?:ます|ません)(?:か|でしょうか)|いただけると(?:助かり|幸い|嬉し|うれし)[^。?]{0,6}|頂け(?:ます|ません)か|くれ(?:ますか|る)?)?"
)
_PHRASES = re.compile(
    "|".join(
        (
            r"(?:いつも)?(?:大変)?お世話に(?:なって(?:おり|い)ます|なります)",
            r"(?:どうぞ)?(?:よろしく|宜しく)(?:お?願い)?(?:いた|致)?し?(?:ます|申し上げます)?",
            r"(?:もれなく)?お願い(?:でき|いた|致)?し?(?:ます|ません)(?:でしょう)?か?|お願い(?=[。?!]|$)",
            r"こん(?:にち|ばん)は|おはようございます|はじめまして|ありがとう(?:ございます|ございました)?",
            r"(?:お手数|突然|恐れ入り|恐縮|すみ|すいま)(?:ですが|ます|ません)(?:が)?|恐縮ですが",
            r"(?:の)?(?:担当者?|職員|者|係)(?:です|をして(?:い|おり)ます|で、)(?:が|けど)?",
            r"(?:うち|当市|本市|当町|本町|当村|当県|本県|わが[市町])(?:の[市町村県])?(?:でも|では|も|は)(?=[^一-鿿])?",
            r"(?:導入を)?検討(?:中|して(?:いる|います|おり|いて))(?:です|ます|な|の|だ){0,2}(?:が|ので|ため|けど)?",
            r"参考に(?:したい|させて[^。?、]{0,8}|なる|できる)(?:です|の|ので|と思い|と思って[^。]{0,4})?",
            r"(?:と|って)(?:聞(?:きました|いた|いて)|書かれて(?:い?る|います))|について書かれて(?:い?る|います)",
            r"(?:に(?:は)?(?:つい|関し|かんし|対し|おい)て?|につき|に関する|における|に対する)(?:の)?",
            _ASKING,
            r"(?:を|が)?(?:知りたい|探して(?:い(?:ます|る)|おり|ます|る)|調べて(?:い(?:ます|る)|おり|ます|る))(?:です|のですが|んですが|ます|のです|の)?",
            r"(?:あり|でき)ま(?:す|せん)(?:でしょう)?か|ある(?:の)?(?:でしょう|です)?か|ありましたっけ|でしょうか|のですか|んですか",
            r"具体的(?:な|に)?|いくつか|もれなく|全部(?=で|$|[。?])|すべて|全て|なるべく|できるだけ|できれば|例えば|たとえば",
            r"先進(?:的な)?事例|成功事例|(?:導入|活用|取組|取り組み)?事例集?|好事例",
            r"(?:何|なん)(?:時間|人|個|件|%|年|円|割|月|日|台|種類|名|団体|自治体|市町村|市|町村|か所|カ所|回|倍"
            r"|枚|秒|分|時|通り|世帯|歳|校|社|課)(?:か|くらい|ぐらい)?",
            r"どの(?:くらい|ぐらい|程度|よう[なに])|どれ(?:くらい|ぐらい|だけ|ほど|も)?|どこ(?:まで|から|か|も)?|どんな(?:ふう|風)?|どちら|どう(?:やって|して|いう|いった)?",
            r"いつ(?:から|まで|頃|ごろ)?|いくら|いくつ|誰|だれ|なぜ|何故|なんで",
            r"などの?|といった|(?:と)?同じ?ような|のような|みたいな|とか",
            rf"(?<![一-鿿])(?:ほか|他|よそ)の(?:{WHO_JA})|(?:地方)?(?:公共団体|自治体)(?!学)|市区?町村|都道府県",
            r"(?:比べ(?:て|たい|ると)|比較(?:して|したい|すると)?)(?:ください|下さい|です)?|違い|違う|違って(?:い?ます|い?る)",
            # English.
            r"['’]s\b",
            r"\b(?:i|we)(?:['’](?:d|m|re)| would| am| are)? (?:like to know|want(?:ed)? to know|looking for|interested in|wondering)\b",
            r"\b(?:can|could|would) you\b|\bas well\b|\bhow (?:many|much|often|long|big)\b|\bat all\b",
            r"\bwhat (?:kinds?|sorts?|share) of\b|\bthank(?:s| you)(?: (?:very much|in advance))?\b",
            r"\bin (?:your|the) (?:records|database|files|collection)\b"
            r"|\bcarr(?:y|ies|ied) out\b|\bset(?:ting)? up\b|\bsuch as\b|\bfor example\b",
        )
    ),
    re.IGNORECASE,
)


def content_of(text: str, spans: Iterable[Span]) -> tuple[str, ...]:
    """The words of a question in NFKC form less `spans` (start, end) and its frame, each once."""
    left = _PHRASES.sub(" ", blanked(text, spans))
    return tuple(word for word in dict.fromkeys(split_words(left)) if word not in FRAME)
