import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Runs the application of src/it/modules in a layer of its own. The first argument is "enable" to give our module
 * native access, or "refuse"; the others are its module path.
 */
public final class Layer {
    private static final String APPLICATION = "com.example.application";

    private Layer() {}

    /** Prints what the application says, or why PySockets cannot be installed. */
    @SuppressWarnings("restricted")
    public static void main(String[] arguments) throws Exception {
        Path[] paths = Arrays.stream(arguments).skip(1).map(Path::of).toArray(Path[]::new);
        Configuration configuration = ModuleLayer.boot().configuration()
                .resolveAndBind(ModuleFinder.of(), ModuleFinder.of(paths), Set.of(APPLICATION));
        ModuleLayer.Controller controller = ModuleLayer.defineModulesWithOneLoader(
                configuration, List.of(ModuleLayer.boot()), ClassLoader.getPlatformClassLoader());
        if (arguments[0].equals("enable")) {
            for (String name : List.of("io.github.pysockets", "org.graalvm.truffle")) {
                controller.layer().findModule(name).ifPresent(controller::enableNativeAccess);
            }
        }
        Module application = controller.layer().findModule(APPLICATION).orElseThrow();
        Class<?> main = Class.forName(application, APPLICATION + ".Application");
        controller.addExports(application, APPLICATION, Layer.class.getModule());
        try {
            System.out.println(main.getMethod("answer").invoke(null));
        } catch (InvocationTargetException failure) {
            System.out.println(failure.getCause());
        }
    }
}
