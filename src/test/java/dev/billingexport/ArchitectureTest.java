package dev.billingexport;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.batch.core.Entity;

/** How the house is laid out, each rule with its reason. */
@AnalyzeClasses(packages = "dev.billingexport", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "dev.billingexport.";

    @ArchTest
    static final ArchRule packagesHaveNoCycles = slices().matching(ROOT + "(*)..")
            .should()
            .beFreeOfCycles()
            .because("a stage is read without its followers");

    @ArchTest
    static final ArchRule reportPackagesHaveNoCycles = slices().matching(ROOT + "report.(*)..")
            .should()
            .beFreeOfCycles()
            .because("each format is read without the others");

    @ArchTest
    static final ArchRule sessionKnowsNobody = classes()
            .that()
            .resideInAPackage(ROOT + "session")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(ROOT + "session", "java..", "org.jspecify..")
            .because("the field's words outlive every framework");

    @ArchTest
    static final ArchRule filesAreALeaf = room("files").mayImport().because("every package writes files");

    @ArchTest
    static final ArchRule textIsALeaf = room("text").mayImport().because("every package shows text");

    @ArchTest
    static final ArchRule apiIsAStage = room("api")
            .mayImport("session", "files", "text")
            .because("stages never meet: only the job knows their order");

    @ArchTest
    static final ArchRule ledgerIsAStage = room("ledger")
            .mayImport("session", "files", "text")
            .because("stages never meet: only the job knows their order");

    @ArchTest
    static final ArchRule deliveryIsAStage = room("delivery")
            .mayImport("session", "files", "text")
            .because("stages never meet: only the job knows their order");

    @ArchTest
    static final ArchRule tablesKnowNoFormat = room("report.table")
            .mayImport("report.rating", "session", "files", "text")
            .because("a format is added or removed without touching what a report contains");

    @ArchTest
    static final ArchRule workbooksKnowTheModelOnly = room("report.xlsx")
            .mayImport("report.table", "report.rating", "session", "files")
            .because("a writer knows the model and no other writer");

    @ArchTest
    static final ArchRule csvFilesKnowTheModelOnly = room("report.csv")
            .mayImport("report.table", "report.rating", "session", "text")
            .because("a writer knows the model and no other writer");

    @ArchTest
    static final ArchRule htmlKnowsTheModelOnly = room("report.html")
            .mayImport("report.table", "report.rating", "session")
            .because("a writer knows the model and no other writer");

    @ArchTest
    static final ArchRule reportIsAStage = room("report")
            .mayImport(
                    "report.table",
                    "report.rating",
                    "report.xlsx",
                    "report.csv",
                    "report.html",
                    "session",
                    "files",
                    "text")
            .because("stages never meet: only the job knows their order");

    @ArchTest
    static final ArchRule deliveriesAreReadWithoutTheirWriters = room("delivered")
            .mayImport("delivery", "report.table", "session", "files", "text")
            .because("a delivery is checked by what it says itself: delivery opens and fetches it, and report.table"
                    + " has the words for what changed between two");

    @ArchTest
    static final ArchRule theJobKnowsTheStages = room("job")
            .mayImport(
                    "api", "ledger", "report", "report.table", "report.rating", "delivery", "session", "files", "text")
            .because("how a launch begins and what is told of it is decided around the job");

    @ArchTest
    static final ArchRule workersKnowTheJob = room("worker")
            .mayImport("job", "api", "ledger", "session", "files")
            .because("what is done in a window is the same wherever it is done");

    @ArchTest
    static final ArchRule brokersStayInTheirRoom = only("worker")
            .mayUse("jakarta.jms..", "org.springframework.jms..", "org.apache.activemq..")
            .because("on one machine none of it is loaded");

    @ArchTest
    static final ArchRule useCasesPrintNothing = room("run")
            .mayImport(
                    "job",
                    "delivered",
                    "api",
                    "ledger",
                    "report",
                    "report.table",
                    "report.rating",
                    "delivery",
                    "session",
                    "files",
                    "text")
            .because("a run can be started by something else than a command line one day");

    @ArchTest
    static final ArchRule theSampleServesTheCommandLineOnly = noClasses()
            .that()
            .resideOutsideOfPackages(ROOT + "cli", ROOT + "sample")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + "sample")
            .because("no stage may know that it talks to a stand-in");

    @ArchTest
    static final ArchRule theSampleHoldsNoFixtures = classes()
            .that()
            .resideInAPackage(ROOT + "sample")
            .and()
            .areTopLevelClasses()
            .and()
            .doNotHaveSimpleName("package-info")
            .should(new ArchCondition<>("be used by another class of the product") {
                @Override
                public void check(JavaClass item, ConditionEvents events) {
                    boolean used = item.getDirectDependenciesToSelf().stream()
                            .map(dependency -> dependency.getOriginClass().getBaseComponentType())
                            .anyMatch(user -> !user.getName().equals(item.getName())
                                    && !user.getName().startsWith(item.getName() + "$"));
                    events.add(new SimpleConditionEvent(
                            item, used, item.getName() + (used ? " is used" : " is not used")));
                }
            })
            .because("what tests alone use is a fixture");

    @ArchTest
    static final ArchRule batchStaysInItsRoom = only("job", "run", "worker", "cli")
            .mayUse("org.springframework.batch..")
            .because("what the job does is tested without it");

    @ArchTest
    static final ArchRule statusesAreBatchs = noClasses()
            .should()
            .callMethodWhere(new DescribedPredicate<JavaMethodCall>("an execution's status or end is set") {
                @Override
                public boolean test(JavaMethodCall call) {
                    return call.getTargetOwner().isAssignableTo(Entity.class)
                            && Set.of("setStatus", "upgradeStatus", "setExitStatus", "setEndTime")
                                    .contains(call.getName());
                }
            })
            .because("what Batch's tables say of a run must be what Batch saw");

    @ArchTest
    static final ArchRule webStaysInItsRoom =
            only("api", "sample").mayUse("org.apache.hc..").because("HTTP is the vendor's affair");

    @ArchTest
    static final ArchRule sqlStaysInItsRoom = only("ledger")
            .mayUse("org.springframework.jdbc.core..", "java.sql..")
            .because("there is one place that knows the tables");

    @ArchTest
    static final ArchRule ratingIsArithmetic = classes()
            .that()
            .resideInAPackage(ROOT + "report.rating")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + "report.rating",
                    ROOT + "session",
                    "java..",
                    "org.jspecify..",
                    "de.siegmar.fastcsv..",
                    "org.springframework.boot.context.properties.bind..")
            .because("a bill can be worked out by hand, and so can every test of it");

    @ArchTest
    static final ArchRule spreadsheetsStayInTheirRoom =
            only("report.xlsx").mayUse("org.apache.poi..").because("workbooks are one format of several");

    @ArchTest
    static final ArchRule csvStaysInItsRooms = only("report.csv", "report.rating", "delivered")
            .mayUse("com.opencsv..", "de.siegmar.fastcsv..")
            .because("tables are written, price lists and deliveries are read");

    @ArchTest
    static final ArchRule templatesStayInTheirRoom =
            only("report.html").mayUse("com.samskivert..").because("one format is made from a template");

    @ArchTest
    static final ArchRule sortedMapsOnTheDiskStayInTheirRooms =
            only("delivered", "ledger").mayUse("org.h2.mvstore..").because("revisions are compared, not stored");

    @ArchTest
    static final ArchRule amazonStaysInItsRoom =
            only("delivery").mayUse("software.amazon.awssdk..").because("a bucket is one of the places to deliver to");

    @ArchTest
    static final ArchRule timeComesFromAClock = noClasses()
            .should()
            .callMethodWhere(new DescribedPredicate<JavaMethodCall>("a zero-argument now() is called") {
                @Override
                public boolean test(JavaMethodCall call) {
                    return call.getName().equals("now")
                            && call.getTarget().getRawParameterTypes().isEmpty();
                }
            })
            .because("a test must be able to set the clock");

    private static Room room(String name) {
        return new Room(ROOT + name);
    }

    private static Rooms only(String... packages) {
        return new Rooms(Stream.of(packages).map(ROOT::concat).toArray(String[]::new));
    }

    /** A package, without those below it. */
    private record Room(String name) {

        /** Of our own packages. */
        ArchRule mayImport(String... others) {
            String[] allowed = Stream.concat(Stream.of(name), Stream.of(others).map(ROOT::concat))
                    .toArray(String[]::new);
            return noClasses()
                    .that()
                    .resideInAPackage(name)
                    .should()
                    .dependOnClassesThat(resideInAPackage("dev.billingexport..").and(not(resideInAnyPackage(allowed))));
        }
    }

    /** The packages that a library is confined to. */
    private record Rooms(String[] packages) {

        ArchRule mayUse(String... libraries) {
            return noClasses()
                    .that()
                    .resideOutsideOfPackages(packages)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(libraries)
                    .allowEmptyShould(true);
        }
    }
}
