/*
 * offices.c - see offices.h.
 *
 * A list in the order of strcmp, searched by halves. Only what stands before a
 * colon is ever looked up, so that its length costs nothing.
 */
#include "read/offices.h"

#include <string.h>

/* For the table: the words of enum office, without what they share. */
enum {
    HEAD = OFFICE_HEAD,
    PART = OFFICE_PART,
    RANK = OFFICE_RANK,
    HONOUR = OFFICE_HONOUR,
    NOBODY = OFFICE_NOBODY,
    ASKS = OFFICE_ASKS,
    CALLS = OFFICE_CALLS,
    SPEAKS = OFFICE_SPEAKS,
    LINK = OFFICE_LINK,
    PARTICLE = OFFICE_PARTICLE,
    OUTLET = OFFICE_OUTLET,
    NEVER = OFFICE_NEVER,
};

/* clang-format off */
static const struct {
    const char *word;
    unsigned sorts;
} words[] = {
    {"&", LINK}, {"1+1", OUTLET}, {"abc", OUTLET}, {"aboard", NEVER}, {"about", NEVER},
    {"absent", NEVER}, {"acting", PART}, {"action", NEVER}, {"actions", NEVER},
    {"additional", NEVER}, {"additionally", NEVER}, {"address", NEVER}, {"addresses", NEVER},
    {"addressing", NEVER}, {"adm", RANK}, {"administration", PART}, {"administrator", HEAD},
    {"admiral", RANK}, {"advancing", NEVER}, {"adviser", HEAD}, {"advisor", HEAD}, {"af", PARTICLE},
    {"affairs", PART}, {"afp", OUTLET}, {"africa", PART}, {"after", NEVER}, {"again", NEVER},
    {"agency", PART | OUTLET}, {"agenda", NEVER}, {"agriculture", PART}, {"ahead", NEVER},
    {"aid", NEVER}, {"aide", NOBODY | CALLS}, {"aides", NOBODY}, {"air", PART}, {"aircraft", NEVER},
    {"al", PARTICLE}, {"all", NOBODY}, {"alliance", PART}, {"allied", PART}, {"also", NEVER},
    {"amb", HONOUR}, {"ambassador", HEAD}, {"america", PART}, {"american", PART},
    {"ammunition", NEVER}, {"analysis", NEVER}, {"anchor", ASKS}, {"and", LINK}, {"annex", NEVER},
    {"announced", NEVER}, {"announcer", CALLS}, {"announces", NEVER}, {"ansa", OUTLET},
    {"ap", OUTLET}, {"appendix", NEVER}, {"ard", OUTLET}, {"armaments", PART}, {"army", PART},
    {"arrives", NEVER}, {"artillery", NEVER}, {"as", NEVER}, {"asia", PART}, {"asked", NEVER},
    {"asker", ASKS}, {"assets", NEVER}, {"assistance", NEVER}, {"assistant", HEAD | PART},
    {"associate", PART}, {"at", LINK}, {"atlantic", PART}, {"attendee", NOBODY},
    {"attendees", NEVER}, {"attends", NEVER}, {"attention", NEVER}, {"attribution", NEVER},
    {"audience", NOBODY}, {"av", PARTICLE}, {"background", NEVER}, {"baltic", PART}, {"bank", PART},
    {"baron", HONOUR}, {"baroness", HONOUR}, {"battlegroup", PART}, {"bbc", OUTLET},
    {"because", NEVER}, {"before", NEVER}, {"begin", NEVER}, {"beginning", NEVER},
    {"ben", PARTICLE}, {"bg", RANK}, {"bild", OUTLET}, {"bin", PARTICLE}, {"bint", PARTICLE},
    {"bloomberg", OUTLET}, {"bottom", NEVER}, {"breaking", NEVER}, {"briefs", NEVER},
    {"brig", RANK}, {"brigadier", RANK}, {"british", PART}, {"broadcaster", OUTLET},
    {"broadcasting", OUTLET}, {"budget", PART}, {"building", NEVER}, {"bureau", PART},
    {"but", NEVER}, {"by", LINK}, {"cabinet", PART}, {"calls", NEVER}, {"capabilities", NEVER},
    {"capability", NEVER}, {"capacity", NEVER}, {"capt", RANK}, {"captain", RANK},
    {"caption", NEVER}, {"categories", NEVER}, {"category", NEVER}, {"cbs", OUTLET}, {"cc", NEVER},
    {"cdr", RANK}, {"central", PART}, {"chair", HEAD}, {"chairman", HEAD},
    {"chairperson", HEAD | CALLS}, {"chairs", NEVER}, {"chairwoman", HEAD}, {"challenge", NEVER},
    {"challenges", NEVER}, {"chancellor", HEAD}, {"chapter", NEVER}, {"chief", HEAD},
    {"chief-of-staff", PART}, {"chiefs", PART}, {"cmdr", RANK}, {"cnbc", OUTLET}, {"cnn", OUTLET},
    {"coast", PART}, {"col", RANK}, {"colonel", RANK}, {"combatant", PART}, {"combating", NEVER},
    {"command", PART}, {"commandant", HEAD}, {"commander", HEAD | RANK}, {"commerce", PART},
    {"commission", PART}, {"commissioner", HEAD}, {"commitment", NEVER}, {"commitments", NEVER},
    {"committed", NEVER}, {"committee", PART}, {"commodore", RANK}, {"communication", PART},
    {"communications", PART}, {"communique", NEVER}, {"component", PART}, {"comptroller", HEAD},
    {"concept", NEVER}, {"concludes", NEVER}, {"conclusion", NEVER}, {"conclusions", NEVER},
    {"condemns", NEVER}, {"condition", NEVER}, {"conditions", NEVER}, {"congratulates", NEVER},
    {"congress", PART}, {"congressman", HEAD}, {"congresswoman", HEAD}, {"contact", NEVER},
    {"contacts", NEVER}, {"contents", NEVER}, {"context", NEVER}, {"controller", HEAD},
    {"cooperation", PART}, {"coordinator", HEAD}, {"coordinator-general", HEAD}, {"corporal", RANK},
    {"corps", PART}, {"corrected", NEVER}, {"correction", NEVER}, {"correspondent", ASKS},
    {"council", PART}, {"counsellor", HEAD}, {"counselor", HEAD}, {"covid-19", PART}, {"cpt", RANK},
    {"credit", NEVER}, {"crowd", NOBODY}, {"cyber", PART}, {"da", PARTICLE}, {"dame", HONOUR},
    {"das", PARTICLE}, {"date", NEVER}, {"de", PARTICLE}, {"dear", NEVER}, {"declaration", NEVER},
    {"defence", PART}, {"defense", PART}, {"defenses", NEVER}, {"del", PARTICLE},
    {"delegation", PART}, {"delfi", OUTLET}, {"delivered", NEVER}, {"delivers", NEVER},
    {"della", PARTICLE}, {"den", PARTICLE}, {"department", PART}, {"deputy", HEAD | PART},
    {"der", PARTICLE}, {"deterrence", NEVER}, {"developing", NEVER}, {"development", PART},
    {"di", PARTICLE}, {"digital", PART}, {"director", HEAD}, {"discusses", NEVER},
    {"document", NEVER}, {"documents", NEVER}, {"dos", PARTICLE}, {"download", NEVER},
    {"dpa", OUTLET}, {"dr", HONOUR}, {"drones", NEVER}, {"dsg", HEAD}, {"du", PARTICLE},
    {"during", NEVER}, {"dw", OUTLET}, {"e-mail", NEVER}, {"eastern", PART}, {"economic", PART},
    {"economics", PART}, {"economist", OUTLET}, {"economy", PART}, {"editor", NEVER},
    {"editors", NEVER}, {"efe", OUTLET}, {"el", PARTICLE}, {"email", NEVER}, {"embargo", NEVER},
    {"embargoed", NEVER}, {"emcee", CALLS}, {"en", NEVER}, {"end", NEVER}, {"energy", PART | NEVER},
    {"enhanced", NEVER}, {"enhancing", NEVER}, {"enlargement", PART}, {"envoy", HEAD},
    {"equipment", NEVER}, {"err", OUTLET}, {"eu", PART}, {"euractiv", OUTLET}, {"euronews", OUTLET},
    {"europe", PART}, {"european", PART}, {"example", NEVER}, {"examples", NEVER},
    {"excellency", HEAD}, {"exclusive", NEVER}, {"executive", PART}, {"expanded", NEVER},
    {"expanding", NEVER}, {"explainer", NEVER}, {"facilitator", HEAD | CALLS}, {"fact", NEVER},
    {"facts", NEVER}, {"fax", NEVER}, {"faz", OUTLET}, {"fear", NEVER}, {"federal", PART},
    {"female", NOBODY}, {"fifth", NEVER}, {"figures", NEVER}, {"finally", NEVER}, {"finance", PART},
    {"financial", PART}, {"first", PART | NEVER}, {"firstly", NEVER}, {"five", NEVER},
    {"following", NEVER}, {"food", NEVER}, {"for", LINK}, {"force", PART}, {"forces", PART},
    {"foreign", PART}, {"former", PART}, {"four", NEVER}, {"fourth", NEVER}, {"france24", OUTLET},
    {"frau", HONOUR}, {"french", PART}, {"frequently", NEVER}, {"from", NEVER}, {"fund", PART},
    {"funding", NEVER}, {"further", NEVER}, {"furthermore", NEVER}, {"g7", PART}, {"gen", RANK},
    {"general", RANK}, {"general-secretary", HEAD}, {"german", PART}, {"gives", NEVER},
    {"global", PART}, {"goal", NEVER}, {"goals", NEVER}, {"good", NEVER}, {"gov", HONOUR},
    {"government", PART}, {"governor", HEAD}, {"grain", NEVER}, {"great", NEVER},
    {"greater", NEVER}, {"group", PART}, {"guard", PART}, {"guardian", OUTLET}, {"guest", NOBODY},
    {"gunnery", RANK}, {"hails", NEVER}, {"he", NEVER}, {"head", HEAD}, {"health", PART},
    {"hello", NEVER}, {"her", NEVER}, {"here", NEVER}, {"herr", HONOUR}, {"hi", NEVER},
    {"high", PART}, {"highlights", NEVER}, {"highness", HEAD}, {"his", NEVER}, {"holds", NEVER},
    {"homeland", PART}, {"hon", HONOUR}, {"hope", NEVER}, {"host", HEAD | CALLS}, {"hosts", NEVER},
    {"house", PART}, {"how", NEVER}, {"however", NEVER}, {"hr/vp", HEAD}, {"hrvp", HEAD},
    {"humanitarian", PART}, {"i", NEVER}, {"ibn", PARTICLE}, {"idea", NEVER}, {"ideas", NEVER},
    {"if", NEVER}, {"image", NEVER}, {"images", NEVER}, {"implementation", PART},
    {"important", NEVER}, {"in", LINK}, {"include", NEVER}, {"includes", NEVER},
    {"including", NEVER}, {"increased", NEVER}, {"increasing", NEVER}, {"indo-pacific", PART},
    {"industry", NEVER}, {"infrastructure", PART}, {"innovation", PART}, {"inspector", HEAD},
    {"intelligence", PART}, {"interfax", OUTLET}, {"interior", PART}, {"international", PART},
    {"interpreter", NOBODY}, {"interviewee", NOBODY}, {"interviewer", ASKS},
    {"introduction", NEVER}, {"investment", PART}, {"issue", NEVER}, {"issues", NEVER},
    {"it", NEVER}, {"its", NEVER}, {"itv", OUTLET}, {"jfc", PART}, {"joins", NEVER},
    {"joint", PART}, {"journal", OUTLET}, {"journalist", ASKS}, {"journalists", ASKS},
    {"judge", HEAD}, {"justice", HEAD | PART}, {"key", NEVER}, {"king", HEAD}, {"kingdom", PART},
    {"kyodo", OUTLET}, {"la", PARTICLE}, {"lady", HONOUR}, {"language", NEVER},
    {"languages", NEVER}, {"last", NEVER}, {"lastly", NEVER}, {"le", PARTICLE}, {"leader", HEAD},
    {"leadership", NEVER}, {"lesson", NEVER}, {"lessons", NEVER}, {"let", NEVER}, {"let's", NEVER},
    {"lieutenant", RANK}, {"line", NEVER}, {"link", NEVER}, {"links", NEVER}, {"listen", NEVER},
    {"live", NEVER}, {"location", NEVER}, {"look", NEVER}, {"lord", HONOUR}, {"lrt", OUTLET},
    {"lt", RANK}, {"ltg", RANK}, {"mac", PARTICLE}, {"madam", HONOUR}, {"madame", HONOUR},
    {"maj", RANK}, {"majesty", HEAD}, {"major", RANK}, {"make", NEVER}, {"makes", NEVER},
    {"male", NOBODY}, {"man", NOBODY}, {"management", PART}, {"manager", HEAD}, {"marine", PART},
    {"marks", NEVER}, {"marshal", HEAD | RANK}, {"mayor", HEAD}, {"mc", CALLS}, {"measures", NEVER},
    {"media", PART | OUTLET}, {"meets", NEVER}, {"member", NOBODY}, {"mep", HEAD},
    {"message", NEVER}, {"mg", RANK}, {"military", PART}, {"minister", HEAD}, {"ministerial", PART},
    {"ministry", PART}, {"miss", HONOUR}, {"missiles", NEVER}, {"mission", PART}, {"mlle", HONOUR},
    {"mme", HONOUR}, {"moderator", HEAD | CALLS}, {"monsieur", HONOUR}, {"more", NEVER},
    {"moreover", NEVER}, {"mr", HONOUR}, {"mrs", HONOUR}, {"ms", HONOUR}, {"msnbc", OUTLET},
    {"mx", HONOUR}, {"my", NEVER}, {"narrator", CALLS}, {"national", PART}, {"nations", PART},
    {"nato", PART}, {"naval", PART}, {"navy", PART}, {"nbc", OUTLET}, {"neighbourhood", PART},
    {"new", NEVER}, {"news", PART | OUTLET}, {"newspaper", OUTLET}, {"next", NEVER},
    {"nhk", OUTLET}, {"no", NEVER}, {"northern", PART}, {"not", NEVER}, {"note", NEVER},
    {"notes", NEVER}, {"now", NEVER}, {"npr", OUTLET}, {"nrk", OUTLET}, {"nsc", PART},
    {"ntv", OUTLET}, {"number", NEVER}, {"objective", NEVER}, {"objectives", NEVER}, {"of", LINK},
    {"office", PART}, {"officer", HEAD}, {"official", NOBODY}, {"officials", NOBODY}, {"ok", NEVER},
    {"okay", NEVER}, {"omb", PART}, {"on", LINK}, {"one", NEVER}, {"opens", NEVER},
    {"operational", PART}, {"operations", PART}, {"operator", HEAD | CALLS}, {"opinion", NEVER},
    {"opportunities", NEVER}, {"option", NEVER}, {"osce", PART}, {"other", NEVER},
    {"others", NEVER}, {"our", NEVER}, {"outcome", NEVER}, {"outcomes", NEVER}, {"outlines", NEVER},
    {"overall", NEVER}, {"pacific", PART}, {"package", NEVER}, {"packages", NEVER},
    {"panelist", NOBODY}, {"pap", OUTLET}, {"parliament", PART}, {"part", NEVER},
    {"participant", NOBODY}, {"participants", NOBODY}, {"participates", NEVER},
    {"partnership", NEVER}, {"partnerships", NEVER}, {"patriarch", HEAD}, {"pbs", OUTLET},
    {"pentagon", PART}, {"people", NOBODY}, {"permanent", PART}, {"person", NOBODY},
    {"phase", NEVER}, {"phone", NEVER}, {"photo", NEVER}, {"photos", NEVER}, {"plan", NEVER},
    {"planning", PART}, {"plans", NEVER}, {"please", NEVER}, {"pledged", NEVER}, {"pledges", NEVER},
    {"pm", HEAD}, {"point", NEVER}, {"policy", PART}, {"polish", PART}, {"political", PART},
    {"politico", OUTLET}, {"polsat", OUTLET}, {"pope", HEAD}, {"post", OUTLET}, {"posted", NEVER},
    {"premier", HEAD}, {"present", NEVER}, {"preserving", NEVER}, {"president", HEAD},
    {"president-elect", HEAD}, {"press", PART}, {"previewing", NEVER}, {"previews", NEVER},
    {"prime", PART}, {"prince", HEAD}, {"princess", HEAD}, {"principal", HEAD | PART},
    {"principle", NEVER}, {"principles", NEVER}, {"priorities", NEVER}, {"priority", NEVER},
    {"private", RANK}, {"problem", NEVER}, {"production", NEVER}, {"prof", HONOUR},
    {"professor", HONOUR}, {"program", NEVER}, {"programme", NEVER}, {"proposal", NEVER},
    {"proposals", NEVER}, {"prosecutor", HEAD}, {"protecting", NEVER}, {"provided", NEVER},
    {"public", PART}, {"published", NEVER}, {"q&a", NEVER}, {"queen", HEAD}, {"question", ASKS},
    {"questioner", ASKS}, {"questions", ASKS}, {"quote", NEVER}, {"radio", OUTLET}, {"radm", RANK},
    {"rai", OUTLET}, {"rapporteur", HEAD}, {"rdml", RANK}, {"re", NEVER}, {"read", NEVER},
    {"readiness", NEVER}, {"readout", NEVER}, {"reaffirms", NEVER}, {"reality", NEVER},
    {"rear", RANK}, {"recap", NEVER}, {"receives", NEVER}, {"refugees", NEVER}, {"regional", PART},
    {"related", NEVER}, {"release", NEVER}, {"released", NEVER}, {"remarks", NEVER},
    {"remember", NEVER}, {"reminder", NEVER}, {"rep", HONOUR}, {"reporter", ASKS},
    {"reporters", ASKS}, {"representative", HEAD}, {"republic", PART}, {"resilience", NEVER},
    {"response", PART}, {"result", NEVER}, {"results", NEVER}, {"returns", NEVER},
    {"reuters", OUTLET}, {"rfe/rl", OUTLET}, {"rferl", OUTLET}, {"right", NEVER}, {"route", NEVER},
    {"saceur", HEAD}, {"saclant", HEAD}, {"safeguarding", NEVER}, {"sanctions", NEVER},
    {"says", NEVER}, {"schedule", NEVER}, {"sec", HONOUR}, {"second", PART | NEVER},
    {"secondly", NEVER}, {"secretary", HEAD}, {"secretary-general", HEAD}, {"section", NEVER},
    {"security", PART}, {"see", NEVER}, {"sen", HONOUR}, {"senate", PART}, {"senator", HEAD},
    {"senior", PART}, {"senora", HONOUR}, {"sergeant", RANK}, {"sg", HEAD}, {"sgt", RANK},
    {"shape", PART}, {"share", NEVER}, {"she", NEVER}, {"sheet", NEVER}, {"sheets", NEVER},
    {"signs", NEVER}, {"since", NEVER}, {"sir", HONOUR}, {"so", NEVER}, {"solution", NEVER},
    {"sorry", NEVER}, {"source", NEVER}, {"sources", NEVER}, {"southern", PART},
    {"speaker", HEAD | NOBODY}, {"speaks", NEVER}, {"special", PART}, {"spiegel", OUTLET},
    {"spokesman", HEAD | SPEAKS}, {"spokesperson", HEAD | SPEAKS}, {"spokeswoman", HEAD | SPEAKS},
    {"spox", HEAD | SPEAKS}, {"staff", PART | CALLS}, {"staffer", NOBODY | CALLS}, {"staffs", PART},
    {"start", NEVER}, {"state", PART}, {"statement", NEVER}, {"statements", NEVER},
    {"states", PART}, {"step", NEVER}, {"steps", NEVER}, {"strategic", PART}, {"strategies", NEVER},
    {"strategy", NEVER}, {"strengthen", NEVER}, {"strengthened", NEVER}, {"strengthening", NEVER},
    {"stresses", NEVER}, {"stronger", NEVER}, {"student", NOBODY}, {"subject", NEVER},
    {"summary", NEVER}, {"summit", PART}, {"superintendent", HEAD}, {"support", PART | NEVER},
    {"supporting", NEVER}, {"supreme", PART}, {"sure", NEVER}, {"suspilne", OUTLET},
    {"svt", OUTLET}, {"systems", NEVER}, {"tags", NEVER}, {"takes", NEVER}, {"tanaiste", HEAD},
    {"taoiseach", HEAD}, {"tass", OUTLET}, {"technology", PART}, {"tel", NEVER},
    {"telegraph", OUTLET}, {"telephone", NEVER}, {"television", OUTLET}, {"ter", PARTICLE},
    {"thank", NEVER}, {"thanks", NEVER}, {"that", NEVER}, {"the", LINK}, {"their", NEVER},
    {"theme", NEVER}, {"then", NEVER}, {"there", NEVER}, {"therefore", NEVER}, {"these", NEVER},
    {"they", NEVER}, {"third", PART | NEVER}, {"thirdly", NEVER}, {"this", NEVER}, {"those", NEVER},
    {"three", NEVER}, {"time", NEVER}, {"times", OUTLET}, {"title", NEVER}, {"to", LINK},
    {"today", NEVER}, {"tomorrow", NEVER}, {"tonight", NEVER}, {"topic", NEVER}, {"topics", NEVER},
    {"total", NEVER}, {"totals", NEVER}, {"trade", PART}, {"training", NEVER},
    {"transatlantic", PART}, {"transcript", NEVER}, {"translator", NOBODY}, {"travels", NEVER},
    {"treasury", PART}, {"truth", NEVER}, {"tv", OUTLET}, {"tvn", OUTLET}, {"tvp", OUTLET},
    {"tvp1", OUTLET}, {"two", NEVER}, {"u.k", PART}, {"u.s", PART}, {"uk", PART},
    {"ukrainian", PART}, {"ukrinform", OUTLET}, {"un", PART}, {"underlines", NEVER},
    {"undersecretary", HEAD}, {"unidentified", NOBODY}, {"union", PART}, {"united", PART},
    {"unknown", NOBODY}, {"unquote", NEVER}, {"update", NEVER}, {"updated", NEVER},
    {"updates", NEVER}, {"upi", OUTLET}, {"urges", NEVER}, {"us", PART}, {"usa", PART},
    {"usaid", PART}, {"usher", CALLS}, {"vadm", RANK}, {"van", PARTICLE}, {"vehicles", NEVER},
    {"venue", NEVER}, {"via", NEVER}, {"vice", PART}, {"vice-president", HEAD}, {"video", NEVER},
    {"visits", NEVER}, {"voa", OUTLET}, {"voice", NOBODY}, {"voices", NOBODY}, {"von", PARTICLE},
    {"vows", NEVER}, {"vp", HEAD}, {"warning", NEVER}, {"watch", NEVER}, {"water", NEVER},
    {"we", NEVER}, {"weapons", NEVER}, {"web", NEVER}, {"website", NEVER}, {"welcomes", NEVER},
    {"well", NEVER}, {"western", PART}, {"what", NEVER}, {"when", NEVER}, {"where", NEVER},
    {"which", NEVER}, {"while", NEVER}, {"white", PART}, {"who", NEVER}, {"why", NEVER},
    {"with", LINK}, {"woman", NOBODY}, {"yeah", NEVER}, {"yes", NEVER}, {"yesterday", NEVER},
    {"yle", OUTLET}, {"yonhap", OUTLET}, {"you", NEVER}, {"your", NEVER}, {"zdf", OUTLET},
    {"zu", PARTICLE}, {"zur", PARTICLE},
};
/* clang-format on */

enum { WORD_MAX = 24 };

const char *office_listed(uint32_t i)
{
    return i < sizeof words / sizeof *words ? words[i].word : NULL;
}

unsigned office_word(const char *text, uint32_t len)
{
    char word[WORD_MAX];
    if (len && text[len - 1] == '.') len--;
    if (len == 0 || len >= sizeof word) return 0;
    for (uint32_t i = 0; i < len; i++) {
        word[i] = text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] + 32) : text[i];
    }
    word[len] = '\0';
    size_t low = 0, high = sizeof words / sizeof *words;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int order = strcmp(words[mid].word, word);
        if (order == 0) return words[mid].sorts;
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return 0;
}
