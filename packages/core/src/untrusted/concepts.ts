/**
 * The ideas that attacks on models are made of, in fifteen languages. A word is the beginning of one; `$` ends it,
 * a blank is any gap between words, `~` a few words. What has no blanks between words comes second.
 */

import { fold } from "./fold.ts";

/** Whether a sentence holds an idea. */
export type Idea = (sentence: string) => boolean;

const UNSPACED = /[\u0590-\u0dff\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;

export function idea(words: string, unspaced = ""): Idea {
  const compile = (list: string) =>
    fold(list)
      .trim()
      .replace(/\s*[|\n][\s|]*/g, "|")
      .replace(/^\||\|$/g, "")
      .replaceAll("$", "(?![\\p{L}\\p{N}])")
      .replaceAll("~", "[^.!?\\n]{0,28}?")
      .replaceAll(" ", "[\\s,:'\"]+");
  const spaced = new RegExp(`(?<![\\p{L}\\p{N}])(?:${compile(words)})`, "u");
  const other = unspaced ? new RegExp(compile(unspaced), "u") : null;
  return (sentence) =>
    spaced.test(sentence) || (other !== null && UNSPACED.test(sentence) && other.test(sentence));
}

/** To leave what binds the reader. Imperatives: who "ignored" or "forgot" something tells a story. */
export const drop = idea(
  `ignore$|ignoring all|disregard$|forget$|override$|bypass$|discard$|abandon$|drop$|scrap$|set aside|unlearn|erase your
  pay no attention|take no notice|do not follow|don't follow|stop following|never mind|nevermind|do not obey|don't obey|do not listen
  do not comply|supersede|replaces? (all|any|your|every)|void$|null and void|obsolete|outdated|no longer (appl|bind|valid|have|matter|follow|in)|does not apply|do not apply|suspended
  carry no weight|cleared|reset your|throw (away|out)|get rid of|deactivate|disable$|neglect your|violate|break your|act against|put aside|leave behind|cease following|(has|have|is of|takes?) (a )?(higher )?(priority|precedence)|do not cover|not applicable|don't apply|not meant for|stop being|deleted|ignore what|not bound|instead of (your|the) (rules|instruct)
  ignora$|ignoren$|ignorad|olvida$|olvide$|olvidate|no hagas caso|haz caso omiso|hagan caso omiso|desobedece|desestima|omite$|descarta$|no sigas|no obedezcas|no tengas en cuenta|ya no (valen|sirven|aplican)|no (valen|aplican|rigen)|quedan (anulad|sin efecto)
  ignorier|vergiss|vergesst|missachte|beachte ~nicht|beachte kein|ubergeh|setze dich uber|setz dich uber|befolge ~nicht|befolge kein|verwirf|hor nicht|gelten ~nicht|gilt ~nicht|aufgehoben|ungultig|richte dich nach mir
  ignorez|oublie|ne tiens (pas|plus)|ne tenez (pas|plus)|fais abstraction|faites abstraction|ne suis (pas|plus)|ne suivez (pas|plus)|n'obeis|desobei|laisse tomber|ne (s'appliquent|valent|comptent) (pas|plus)|annulees
  ignore as|esqueca|esquece$|desconsider|descarte$|nao siga|nao obedeca|desobedec|nao (valem|vale|se aplicam)|foram canceladas
  ignorate|ignori|dimentica$|dimenticat|non seguire|non tenere conto|non obbedire|trascura|non (valgono|vale|si applicano)|sono annullate
  negeer|vergeet$|sla ~over|volg ~niet|trek je niets|luister niet|gelden ~niet|gelden niet|zijn vervallen
  игнорируй|игнорируйте|проигнорируй|забудь|забудьте|не обращай|не обращайте|не следуй|не соблюдай|отбрось|отмени|отменяю|пренебре|не выполняй|не слушай|не действу|не применя|не имеют силы|больше не
  yok say|yoksay|unut$|dikkate alma|gormezden gel|uyma$|uymay|bosver|gecersiz|gecerli degil
  ігноруй|знехтуй|не зважай|забудь|abaikan|lupakan|jangan (ikuti|patuhi)|bo qua|quen di|khong tuan|ignorera|glom |bortse|strunta|uita$|ignora toate|nu (urma|respecta)|puuza|sahau|usifuate|zapomen|neridse|hagyd figyelmen|felejtsd|unohda|sivuuta|ala noudata|glem$|se bort|ignorer$|αγνοησε|αγνόησε|ξέχασε|μην ακολουθ
  exception (here|for|just)|not supposed to|were lifted|stop checking|skip\\w*checks|never checks?
  zignoruj|ignoruj|zapomnij|nie zwazaj|pomin$|odrzuc|nie przestrzegaj|nie stosuj|nie sluchaj|porzuc|nie obowiazuj|nie dotycza|niewazne`,
  `忽略|忽视|忽視|无视|無視し|無視直|無視以|無視所|無視前|忘记|忘掉|忘記|不要理会|别理|不必理会|不要遵|不用遵|无需遵|不再遵|抛开|抛弃|別管|别管|跳过所有|不适用|不適用|作废|失效|按我的来|
  忘れ|従わず|従わない|従うな|破棄|無効に|守らず|守らなく|無効|適用され|무시|잊어|잊고|따르지|지키지|적용되지|무효|تجاهل|انس |انسى|لا تلتزم|لا تتبع|لا تطع|تخل عن|أهمل|لا تنطبق|لم تعد|ملغاة|
  अनदेखा|भूल जा|भुला|नजरअंदाज|मत मान|इग्नोर|छोड़ दो सभी|उपेक्षा|लागू नहीं|मेरी बात मान|উপেক্ষা|ভুলে যাও|เพิกเฉย|ละเว้น|ลืมคำ|نادیده بگیر|فراموش کن|התעלם|תתעלם|שכח`,
);

/** What binds a model. */
export const rules = idea(
  `instruction|directive|guideline|guidance|rule$|rules$|prompt$|prompts$|polic|orders$|command|restriction|constraint|programming|limitation|safeguard|safety (check|rule|measure)|brief$|mandate|protocol|filters|messages ~conversation|configuration|earlier messages|task description|assistant$
  context$|everything ~(above|before|told|said|prior|previous|earlier|so far)|what ~(told|said|instructed|written above)|anything ~(told|said|above)|system message|training
  instruccion|reglas|ordenes|directri|normas|indicacion|pautas|lo que te (dijeron|han dicho)|restriccion
  anweisung|regeln$|vorgabe|befehl|richtlinie|instruktion|weisung|anleitung|einschrankung|vorschrift
  consigne|regles|ordres|directives|restriction|indication
  instruco|regras|diretriz|ordens|orientac
  istruzion|regole|direttiv|ordini|linee guida|indicazion|restrizion
  instructie|regels|richtlijn|opdracht|voorschrift|beperking
  инструкц|правил|указани|команд|распоряжен|директив|ограничени|предписан|установк
  talimat|kural|emir|yonerge|komut|direktif
  інструкц|правил|вказівк|instruksi|aturan|perintah|huong dan|quy tac|lenh|instruktion|regler|anvisning|instructiunil|reguli|maagizo|kanuni|amri|pokyn|pravidl|utasitas|szabaly|ohje|saanno|οδηγ|κανόν|εντολ
  instrukcj|zasad|polece|regul|wytyczn|rozkaz|dyrektyw|ogranicze`,
  `指令|指示|规则|規則|规定|規定|提示词|提示|命令|限制|约束|准则|ルール|プロンプト|指針|制約|지시|규칙|명령|지침|프롬프트|제한|التعليمات|تعليمات|القواعد|قواعد|أوامر|الأوامر|القيود|توجيهات|
  নির্দেশ|নিয়ম|คำสั่ง|กฎ|دستور|قوانین|הוראות|כללים|निर्देश|नियम|आज्ञा|आदेश|प्रतिबंध`,
);

/** All of them, the earlier ones, those of the reader or its operator. */
export const prior = idea(
  `previous|prior$|earlier|above|all$|any$|every|your$|initial|system$|original|before$|existing|operator|owner|principal|given|so far|whatever|you (were|have|had|got|received)|those|old$|developer|from your|of your|this (conversation|message)|required|safety
  anterior|previas|previos|todas|todos|tus$|tu$|recibiste|dadas|iniciales|su$|sus$
  vorherig|bisherig|alle$|aller|deine|ihre|obig|fruher|vorig|erhalten|samtlich|ursprunglich
  precedent|tes$|vos$|toutes|ci dessus|anterieur|donnees|initial|recues
  suas$|seus|recebeu|as regras|previas
  tutte|tue$|tuo|ricevut|dato|dat[eo]|inizial
  vorige|eerdere|je$|jouw|bovenstaand|gekregen|alle
  предыдущ|прежн|все$|свои|своих|твои|ранее|полученн|вышеуказан|исходн|прошл
  onceki|tum$|butun|eski|sana|verilen|yukaridaki|ilk$
  попередн|усі$|всі$|свої|sebelumnya|semua|truoc|tat ca|alla$|tidigare|dina$|anterioare|toate|awali|yote|zote|predchoz|vsechny|korabbi|osszes|aiemmat|kaikki|tidligere|προηγούμεν|όλες
  poprzedni|wszystki|swoi|wczesniejsz|dotychczas|powyzsz|otrzyman`,
  `之前|以上|所有|先前|上述|你的|收到|此前|前面|原来|全部|一切|给的|これまで|以前|すべて|全て|上記|最初|与えられ|あなたの|前の指示|これ以前|이전|모든|위의|받은|기존|앞선|너의|운영자|السابقة|جميع|كل |سابقة|أعطيت|قواعدك|
  আগের|সব |ก่อนหน้า|ทั้งหมด|قبلی|تمام|הקודמות|पिछले|सभी|पुराने|अपने|दिए गए|पहले के|सारे`,
);

/** To pay, accept, or close in favour. Imperatives and infinitives. */
export const pay = idea(
  `(?<!(?:i|we|they|to|that i) )approve$|approving|pay (freely|out|me|half)|(can|left|do is to|next|just|then|and) pay$|settle$|settlement|wrap this up|finish (the job|this)|unlock (the )?payment|be made$|money goes to|carry out the final|refund the fee|tip of|skip review|auto (select|approve)|needs? no ~(review|check|accept)|treat ~as (correct|valid)|assume ~correct|give this worker|hire me|book me|approved ?= ?true|auto approve: true|next=pay|release: yes|status: approved|accept$|grant approval|set ~status to|approval (function|tool|call)|assign it to me|(increase|raise|double) my (payout|pay|budget|reward)|their budget|pay first|(classify|rate|count|log) ~as (complete|approved|accepted|done)|accept=|pay=|approved: true|send \\d+ ~(extra|to user)|close ~as (successful|complete|done|paid)|send ~(to user|extra)|perform it$|legally obliged|confirms? (all|every) transfer|pay me|pays? (everyone|everybody|all)|release$|releasing|(?<!(?:i|we|they|to|have to|not|would|who|must|you) )pay$|payout|pay out|disburse|sign off|finali[sz]e|transfer$|unlock the (escrow|fund)|mark ~(as )?(complete|completed|done|accepted|approved|verified|paid|finished)|send ~(money|payout|funds|payment)|grant ~(payout|payment)|treat ~as ~(approved|provided|complete|valid|fulfilled|done|accepted)|regard ~as ~(fulfilled|complete|valid)|proceed (to|with) (payout|payment|approv|the release)|(call|run|execute|invoke|trigger|hit|use|press|click|force) ~approv|approves$ ~(all|everything|payment)|releases money|pays ~(advance|whoever|everyone)|select ~before reading|settle the|consider ~(approved|complete|valid|fulfilled)|whitelist|authori[sz]e
  aprueba|aprobar|libera$|liberar|suelta$|paga$|pagar$|pague|puedes liberar|acepta$|aceptar|marcala|marca ~como|valida$|den por valid|da por (buen|valid|termin)|desembols|transfiere
  genehmige|gib ~frei|freigeben|freizugeben|freigib|zahle$|zahl$|auszahl|bezahle|akzeptiere|bestatige|nimm ~ab$|ungepruft ab|erledigt markieren|als erledigt|abnehmen|uberweise|annehmen$
  approuve|valide$|validez|valider|debloque|debloquer|verse$|versez|paie$|payez|payer$|(?<!(?:a|ont|ai|ete|as|est) )accepte$|acceptez|accepter|libere$|liberez|considerez|marque ~comme|vire$|regle$
  aprove|aprovar|libere|liberar|aceite$|aceitar|marque ~como|transfira|efetue o pagamento|considere ~(valid|complet)
  approva$|approvare|rilascia|sblocca|accetta$|accettare|versa$|segna ~come|trasferisci|considera ~(valid|complet)
  keur ~goed|goedkeuren|betaal$|geef ~vrij|vrijgeven|geld ~vrij|accepteer|markeren als|uitbetalen|betaal ~uit|maak ~over
  одобри|одобрить|одобряй|выплати|переведи|перевести|оплати|оплатить|оплату|прими$|принять|примите работу|заплати|заплатить|отметь|зачти|перечисли|разблокируй
  onayla$|onaylayip|ode$|odemeyi (yap|onayla)|serbest birak|kabul et|parayi ~gonder|tamamlandi olarak|odeme yap|gonder parayi
  виплати|схвали|оплати|bayar|setujui|terima$|thanh toan|phe duyet|chap nhan|godkann|betala|acceptera|platest|aproba|lipa$|uidhinishe|kubali|zaplat|schval|fizes|hagyd jova|fogadd el|hyvaksy|maksa$|godkend|betal$|πλήρωσε|ενέκρινε|αποδέξ
  zatwierdz|wyplac|zaplac|zaakceptuj|oznacz|przelej|uznaj|zwolnij|przyjmij|oznaczyc`,
  `批准|付款|支付|释放|打款|通过|通過|接受|放款|转账|打钱|给钱|标记为完成|釋放|验收|承認し|承認して|支払|受け入れ|完了と|合格|払って|振り込|승인|지급|결제|수락|돈을 보내|완료로|송금|وافق|الدفع|ادفع|حرر|اقبل|قبول|حول المبلغ|اعتمد|تحويل المال|حول المال|
  অনুমোদন|টাকা দাও|จ่ายเงิน|อนุมัติ|پرداخت را|پرداخت کن|تأیید کن|אשר את|שלם|पैसे दे|पैसे भेज|स्वीकृत|स्वीकार|भुगतान|जारी कर|मंजूर|पूरा मान|स्वीकृति`,
);

/** Money and what stands for it. */
export const money = idea(
  `payment|escrow|fund$|funds|money|payout|budget|wallet|balance|full amount|escrowed|compensation|reward
  pago$|dinero|fondos|presupuesto|zahlung|geld|betrag|paiement|argent|fonds|pagamento|dinheiro|verba|soldi|denaro|fondi|betaling|budget
  деньги|денег|оплат|выплат|средств|para$|parayi|odeme|platnosc|pieniadze|srodki|wyplat`,
  `资金|付款|款项|托管|酬金|钱|支払|代金|報酬|資金|대금|결제|돈|보수|المال|الأموال|الدفع|المبلغ|पैसे|भुगतान|राशि`,
);

/** Without looking or asking. */
export const blindly = idea(
  `without ~(look|check|review|verif|open|ask|confirm|read|analy|usual|inspect|wait|question)|no ~(review|check|checks|verification|confirmation|inspection|manual review) (needed|required|necessary|is)|no need (to|for) (check|verif|look|ask|open|review|inspect|confirm|read|any)
  (don't|do not|need not|needn't|no longer need to) (need to |have to )?(bother|check|look|open|verify|ask|review|inspect|question|read|wait)|skip ~(check|review|verif|manual|asking|inspection|confirmation)|regardless|whatever ~(proof|photos|files|worker)|even (if|though) ~(missing|empty|wrong|incomplete)|under any circumstance|unconditional|before (you )?(look|check|reading|review)|no questions asked|no matter what|must not call reject|not reject|no confirmation|waived|bypass ~(check|review|verif)|check later
  sin (revisar|comprobar|mirar|verificar|abrir|preguntar|control)|no (hace falta|mires|revises|compruebes|es necesario)
  ohne ~(pruf|kontroll|nachzu|anzu|zu fragen|ruckfrage)|ungepruft|(musst|brauchst) du nicht|nicht (zu )?(prufen|ansehen|kontrollier|offnen)|keine prufung
  sans ~(verifi|regard|control|ouvrir|demander|delai)|pas besoin|inutile de|n'est pas necessaire
  sem ~(verific|olhar|conferir|abrir|perguntar|checar)|nao precisa|nao e necessario|dispens
  senza ~(controll|guard|verific|aprire|chied)|non (serve|occorre|e necessario)|nessun controllo
  zonder ~(controle|kijken|openen|vragen)|niet nodig|hoef ~niet
  без проверк|не (нужно|надо|проверяй|смотри|открывай)|не проверяя|не глядя|можно не|проверять ~не|не требуется
  kontrol etmeden|bakmadan|incelemeden|gerek yok|sormadan
  не потрібно|без перевір|tanpa (memeriksa|mengecek|melihat)|khong can|utan att|utan (granskning|kontroll)|fara sa|bila (kukagua|kuangalia)|kontrolovat nemus|bez kontrol|nelkul|tarkistamatta|uden at|χωρίς να (ελέγξ|δεις)
  nothing to (look|check)|cannot be opened|stop checking|checks? (is|are) (done|off)|without (him|her|them)|need not check|no acceptance check|not check again|photos look blank|blank photos
  bez (sprawdz|ogladan|weryfik|pytan|kontrol)|nie musisz|nie trzeba|nie sprawdzaj`,
  `不需要检查|不用看|不用检查|无需|不必|不要检查|不检查|不用审|免审|確認せず|確認しないで|確認なし|見なくて|見ずに|確認は不要|チェックせず|확인하지|확인 없이|볼 필요|검토 없이|확인할 필요|دون مراجعة|دون فحص|دون التحقق|بدون|لا داعي|لا حاجة|
  না দেখে|โดยไม่ต้อง|بررسی نکن|بدون بررسی|ללא בדיקה|बिना|जरूरत नहीं|मत देखो|जाँचे`,
);

/** At once. */
export const urgent = idea(
  `immediately|right away|at once|straight away|right now|now$|asap|instantly|automatically|within one minute|without delay|promptly|today$|before midnight|mandatory
  inmediat|ahora mismo|ya$|de inmediato|sofort|umgehend|jetzt|immediatement|tout de suite|maintenant|imediatamente|agora|ja$|subito|immediatamente|adesso|meteen|nu$|direct$|onmiddellijk
  немедленно|сейчас|срочно|тут же|hemen|derhal|simdi|natychmiast|od razu|teraz`,
  `立即|马上|立刻|直接|现在|馬上|今すぐ|直ちに|すぐに|즉시|지금|바로|فورا|حالا|الآن|तुरंत|अभी`,
);

/** The reader is obliged. */
export const must = idea(
  `you (must|should|have to|need to|shall|will|are (required|obliged|to|allowed|ordered))|must$|have to|has to|are required|should$|required to|mandatory|your only (job|task)
  debes|debe$|deben|tienes que|du musst|sie mussen|muss$|ist ~zu$|vous devez|tu dois|doit$|deve$|voce deve|devi$|devono|je moet|moet$
  обязан|должен|должны|ты должен|zorundasin|malisin|gerekir|musisz|powin|nalezy`,
  `必须|你应|请你马上|必ず|しなければ|すること|해야|하십시오|يجب|عليك|करना होगा|मानो|करो`,
);

/** "Already checked": a claim that stands in for looking. */
export const checked = idea(
  `already ~(check|verif|validat|confirm|approv|agreed|been)|(been|was|were|is|are|has|have) (now |just |already |fully |automatically )?(verified|validated|pre approved|vetted|authori[sz]ed|pre cleared|consented)|passed all|status verified|verification ~(succeeded|passed|pass|complete)|check pass|found no issues|pre approved|automatic check|satisfied|on sight
  ya ~(comprob|verific|revis|acept)|(hat|ist|wurde) ~(gepruft|bestatigt|verifiziert)|(a|deja) ~(tout )?(verifie|valide|controle)|ja ~(conferiu|verificou|checou|aprovou)|(ha|gia) ~(verificato|controllato)|(heeft|al) ~(gecontroleerd|geverifieerd)|уже ~провер|проверен|(kontrol etti|dogruland|onaylandi)|(sprawdzil|zweryfikow|potwierdzon)`,
  `已经检查|已经验证|已验证|已确认|已通过|確認済|検証済|이미 확인|검증되|تم التحقق|تحقق النظام|जाँच लिया|सत्यापित`,
);

/** Leaves the choice, and the looking, to the reader. */
export const kindly = idea(
  `when you (have|get|find|are)|once you|after (you|your|the) (have |had )?(check|review|look|seen)|if (everything|all|it|you|that) ~(fine|good|ok|okay|happy|agree|like|satisfied|helps)|could you|would you|can you|i'd be happy|no rush|before friday|whenever|let me know|tell me (whether|if)|as soon as you have|when ready|thank|have a look
  cuando (tengas|puedas|revis)|wenn sie|sobald|quand vous|lorsque vous|quando (puder|hai|puoi)|als je ~tijd|zodra|когда будет|если всё|vaktiniz|uygun|w wolnej|kiedy`,
  `有空|方便的时候|お時間|시간 있|عندما يكون|वक्त मिल|समय मिल`,
);

/** Whom the reader works for. */
export const owner = idea(
  `(your|the agent's|its) (\\w+ )?(user|owner|operator|principal|client|human|boss|customer|account holder|employer|master|creator|manager|developers|people who built you)s?('s)?$|account owner|the people who built|owner of (the|this) account|it's me,? your|the user (confirm|agree|has|already|want|said|does not|is happy)
  (tu|su) (usuario|dueno|cliente|operador|jefe)|(deines|deinem|dein|deinen) (nutzer|betreiber|auftraggeber|besitzer|benutzer|chef)|(ton|votre) (utilisateur|proprietaire|operateur|client)|seu (dono|usuario|operador)|teu dono|titolare dell|titulaire du compte|dueno de la cuenta|dono da conta|kontoinhaber|wlasciciel\\w* konta|владелец аккаунта|hesap sahib|сво(его|ему) (заказчик|клиент)|swojego klient|musterinin|del tuo cliente|do seu cliente|de tu cliente|ton client|je klant|tuo (proprietario|utente|operatore|padrone)|je (eigenaar|gebruiker|opdrachtgever|baas)|тво(его|ему|й|им) (владел|пользоват|хозя|оператор|заказчик)|(sahibin|kullanicin|operatorun)|(twojego|twoj|swojemu|twojemu) (wlascic|uzytkown|operator|szef)`,
  `账户主人|你客户|你的客户|アカウントの所有者|依頼主の|계정 주인|의뢰인의|صاحب الحساب|عميلك|खाते का मालिक|अपने ग्राहक|你的主人|你主人|你的用户|你的操作|用户一切|告诉用户|所有者|あなたのユーザー|オペレーター|소유자|운영자의|사용자에게|مالكك|مشغلك|المستخدم|तुम्हारे मालिक|आपके मालिक|उपयोगकर्ता`,
);
