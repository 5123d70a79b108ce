package io.github.pysockets.cli;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import com.oracle.truffle.api.dsl.NodeFactory;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.Node;
import java.lang.classfile.Annotation;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.List;
import java.util.function.Function;
import org.graalvm.polyglot.Value;

/**
 * Gives the {@code acquire} of GraalPy's locks a deadline. GraalPy waits for the whole timeout again after each signal,
 * so a wait would last as long as signals come.
 *
 * <p>GraalPy makes a node of {@code acquire} for each place that calls it. Each of these is put into a node that looks
 * at the timeout: without one, the call goes on as ever. A Python function in its place would slow down every call.
 * The class of that node is made when the command starts, because PySockets is not compiled with GraalPy's classes,
 * which are no API.
 */
final class LockDeadlines {
    private static final String NODES = "com.oracle.graal.python.nodes.function.builtins";
    private static final ClassDesc TERNARY = ClassDesc.of(NODES, "PythonTernaryBuiltinNode");
    private static final ClassDesc MADE = ClassDesc.of(NODES, "AcquireWithDeadline");
    private static final ClassDesc NONE = ClassDesc.of("com.oracle.graal.python.builtins.objects.PNone");
    private static final ClassDesc FUNCTION = ClassDesc.of(Function.class.getName());
    private static final ClassDesc CHILD = ClassDesc.of(Node.Child.class.getName());
    private static final ClassDesc FRAME = ClassDesc.of(VirtualFrame.class.getName());
    private static final MethodTypeDesc EXECUTE =
            MethodTypeDesc.of(CD_Object, FRAME, CD_Object, CD_Object, CD_Object);

    private final Constructor<?> constructor;
    private final Function<Object[], Object> wait;

    private LockDeadlines() throws ReflectiveOperationException {
        Class<?> ternary = Class.forName(TERNARY.packageName() + "." + TERNARY.displayName());
        byte[] made = ClassFile.of().build(MADE, LockDeadlines::build);
        constructor = MethodHandles.privateLookupIn(ternary, MethodHandles.lookup()).defineClass(made)
                .getConstructor(ternary, Function.class);
        wait = new LockWait();
    }

    /**
     * Changes what calls of some functions will do, in places that have not called them yet. Does nothing where GraalPy
     * has changed.
     *
     * @param functions {@code acquire} of each type of lock
     */
    static void keep(Value... functions) {
        try {
            LockDeadlines deadlines = new LockDeadlines();
            for (Value function : functions) {
                deadlines.keep(SafepointCall.languageOfThisThread().asGuestValue(function));
            }
        } catch (ReflectiveOperationException | RuntimeException | LinkageError changed) {
            // A timeout may then begin anew.
        }
    }

    private void keep(Object function) throws ReflectiveOperationException {
        Object root = function.getClass().getMethod("getFunctionRootNode").invoke(function);
        Field factory = root.getClass().getDeclaredField("factory");
        factory.setAccessible(true);
        NodeFactory<?> before = (NodeFactory<?>) factory.get(root);
        if (!(before instanceof Factory)) {
            factory.set(root, new Factory(before));
        }
    }

    /** Makes the nodes. */
    private final class Factory implements NodeFactory<Object> {
        private final NodeFactory<?> own;

        Factory(NodeFactory<?> own) {
            this.own = own;
        }

        @Override
        public Object createNode(Object... arguments) {
            try {
                return constructor.newInstance(own.createNode(arguments), wait);
            } catch (ReflectiveOperationException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        @Override
        @SuppressWarnings("unchecked")
        public Class<Object> getNodeClass() {
            return (Class<Object>) own.getNodeClass();
        }

        @Override
        public List<List<Class<?>>> getNodeSignatures() {
            return own.getNodeSignatures();
        }

        @Override
        public List<Class<? extends Node>> getExecutionSignature() {
            return own.getExecutionSignature();
        }
    }

    /** A node that has GraalPy's own as its child, and a function of the call's arguments: see {@link LockWait}. */
    private static void build(ClassBuilder made) {
        made.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL)
                .withSuperclass(TERNARY)
                .withField("own", TERNARY, field -> field.withFlags(ClassFile.ACC_PRIVATE)
                        .with(RuntimeVisibleAnnotationsAttribute.of(Annotation.of(CHILD))))
                .withField("wait", FUNCTION, ClassFile.ACC_PRIVATE | ClassFile.ACC_FINAL)
                .withMethodBody(INIT_NAME, MTD_void.insertParameterTypes(0, TERNARY, FUNCTION), ClassFile.ACC_PUBLIC,
                        LockDeadlines::constructor)
                .withMethodBody("execute", EXECUTE, ClassFile.ACC_PUBLIC, LockDeadlines::execute);
    }

    private static void constructor(CodeBuilder code) {
        code.aload(0).invokespecial(TERNARY, INIT_NAME, MTD_void);
        code.aload(0).aload(1).putfield(MADE, "own", TERNARY);
        code.aload(0).aload(2).putfield(MADE, "wait", FUNCTION);
        code.return_();
    }

    /** Asks the function if there is a timeout. GraalPy's node does the rest: no timeout, or no answer. */
    private static void execute(CodeBuilder code) {
        Label asEver = code.newLabel();
        code.aload(4).instanceOf(NONE).ifne(asEver);
        code.aload(0).getfield(MADE, "wait", FUNCTION);
        code.iconst_4().anewarray(CD_Object);
        code.dup().iconst_0().aload(0).aastore();
        code.dup().iconst_1().aload(2).aastore();
        code.dup().iconst_2().aload(3).aastore();
        code.dup().iconst_3().aload(4).aastore();
        code.invokeinterface(FUNCTION, "apply", MethodTypeDesc.of(CD_Object, CD_Object));
        code.astore(5).aload(5).ifnull(asEver);
        code.aload(5).areturn();
        code.labelBinding(asEver);
        code.aload(0).getfield(MADE, "own", TERNARY);
        code.aload(1).aload(2).aload(3).aload(4).invokevirtual(TERNARY, "execute", EXECUTE).areturn();
    }
}
