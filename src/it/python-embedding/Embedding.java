import io.github.pysockets.PySockets;
import org.graalvm.polyglot.Context;
import org.graalvm.python.embedding.GraalPyResources;
import org.graalvm.python.embedding.VirtualFileSystem;

/** An application whose Python modules are resources, in the file system that GraalPy's own python-embedding has. */
public final class Embedding {
    private Embedding() {}

    /** Prints what a function of such a module returns, which uses sockets. */
    public static void main(String[] arguments) throws Exception {
        try (VirtualFileSystem files = files()) {
            greet(Context.newBuilder("python")
                    .apply(GraalPyResources.forVirtualFileSystem(files))
                    .allowHostAccess(PySockets.hostAccess())
                    .allowCreateThread(true));
        }
        try (VirtualFileSystem files = files()) {
            greet(openBuilder(files));
        }
    }

    private static VirtualFileSystem files() {
        return VirtualFileSystem.newBuilder().resourceDirectory("GRAALPY-VFS/com.example/embedding").build();
    }

    /** The builder of versions before 25.1, which gives scripts all of Java. */
    @SuppressWarnings("deprecation")
    private static Context.Builder openBuilder(VirtualFileSystem files) {
        return GraalPyResources.contextBuilder(files);
    }

    private static void greet(Context.Builder builder) {
        try (Context context = builder.build();
                PySockets _ = PySockets.install(context)) {
            System.out.println(context.eval("python", "import greeter; greeter.greet()").asString());
        }
    }
}
