# Which JDK runs PySockets, and with which options. Sourced by pysockets and bench/run, which set root, the project's
# folder, and have two functions: fail MESSAGE ends the script, real_folder FILE prints a file's folder, links followed.
# shellcheck shell=sh

needed=25
jvm_flags=@$root/launcher/jvm.args

# Whether $1 is the home of a JDK that is new enough. Reads its file "release", which is quicker than asking the JVM.
is_jdk() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    major=0
    jdk_version=
    while IFS='="' read -r name _ value _; do
        case $name in
            JAVA_VERSION) major=${value%%[!0-9]*} ;;
            JAVA_RUNTIME_VERSION) jdk_version=$value ;;
        esac
    done < "$1/release"
    [ "$major" -ge "$needed" ] || return 1
    jdk=$1
}

# Sets jdk and jdk_version, or fails.
find_jdk() {
    [ -n "${JAVA_HOME:-}" ] && is_jdk "$JAVA_HOME" && return
    if [ -r "$root/target/.jdk" ] && read -r known < "$root/target/.jdk"; then
        is_jdk "$known" && return
    fi
    on_path=$(command -v java) && folder=$(real_folder "$on_path") && is_jdk "${folder%/bin}" && return
    # What macOS knows of installed JDKs.
    [ -x /usr/libexec/java_home ] && folder=$(/usr/libexec/java_home -v "$needed+" 2> /dev/null) && is_jdk "$folder" &&
        return
    set +f
    for folder in /usr/lib/jvm/* /usr/local/lib/jvm/* /usr/java/* /opt/* /opt/*/* \
        "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* "${HOME:-}"/.jbang/cache/jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
        is_jdk "$folder" && set -f && return
    done
    fail "no JDK $needed or newer found in JAVA_HOME, on PATH or in the usual folders.
Install one (a package named openjdk-$needed-jdk or temurin-$needed-jdk, or a download from https://adoptium.net),
and set JAVA_HOME to its folder if it is in an unusual place."
}

# Sets what the JVM needs to compile Python: more_flags, and modules, a path. The compiler is in target/jit already.
find_compiler() {
    more_flags=@$root/launcher/jit.args
    modules=
    set +f
    for module in "$root"/target/jit/lib/compiler-* "$root"/target/jit/lib/truffle-compiler-* \
        "$root"/target/jit/lib/collections-* "$root"/target/jit/lib/word-*; do
        modules=${modules:+$modules:}$module
    done
    set -f
}
