package dev.acey.rollout.model;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.URI;
import java.net.URISyntaxException;

/** An absolute http or https URL without user info, query or fragment. */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = BaseUrl.Check.class)
@interface BaseUrl {

    String message() default
            "must be an absolute http or https URL without user info, query or fragment, such as"
                    + " http://localhost:9000/v1";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** A missing URL is {@code @NotNull}'s business. */
    class Check implements ConstraintValidator<BaseUrl, String> {

        @Override
        public boolean isValid(String value, ConstraintValidatorContext context) {
            return value == null || isBaseUrl(value);
        }

        private static boolean isBaseUrl(String value) {
            try {
                URI uri = new URI(value);
                return ("http".equalsIgnoreCase(uri.getScheme())
                                || "https".equalsIgnoreCase(uri.getScheme()))
                        && uri.getHost() != null
                        && uri.getPort() <= 65_535
                        && uri.getPort() != 0
                        && uri.getRawUserInfo() == null
                        && uri.getRawQuery() == null
                        && uri.getRawFragment() == null
                        && uri.toASCIIString().equals(value);
            } catch (URISyntaxException e) {
                return false;
            }
        }
    }
}
