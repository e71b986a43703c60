import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Answers, for the files named on standard input, which rules of a standard they break.
 *
 * Asked: a line "flavour TAB path" (flavours as in veraPDF: "ua1", "2b"). Answered: a line per broken rule,
 * "clause-test TAB place of the first error TAB message", then an empty line. A file that cannot be read breaks the rule "unreadable".
 * One process answers for many files, since loading a profile takes longer than most files do.
 */
public class Validate {
    private static final int PLACES_PER_RULE = 1;

    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        Logger.getLogger("").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] asked = line.split("\t", 2);
            brokenRules(PDFAFlavour.byFlavourId(asked[0]), new File(asked[1])).forEach(
                (rule, place) -> out.println(rule + "\t" + place));
            out.println();
        }
    }

    private static Map<String, String> brokenRules(PDFAFlavour flavour, File file) {
        Map<String, String> broken = new TreeMap<>();
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
             PDFAValidator validator = Foundries.defaultInstance().createValidator(
                 flavour, PLACES_PER_RULE, false, true, false)) {
            ValidationResult result = validator.validate(parser);
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
                    broken.putIfAbsent(rule, plain(assertion.getLocation().getContext()) + "\t" + plain(assertion.getMessage()));
                }
            }
            if (!result.isCompliant() && broken.isEmpty()) {
                broken.put("not compliant", "\t");
            }
        } catch (Exception error) {
            broken.put("unreadable", "\t" + plain(String.valueOf(error.getMessage())));
        }
        return broken;
    }

    private static String plain(String text) {
        return text == null ? "" : text.replaceAll("\\s+", " ");
    }
}
