package dev.acey.simulation.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HolmTest {

    @Test
    void eachIsMultipliedByTheTestsNotYetDecided() {
        double[] adjusted = Holm.adjust(0.01, 0.04, 0.03, 0.005);

        assertArrayEquals(new double[] {0.03, 0.06, 0.06, 0.02}, adjusted, 1e-12);
    }

    @Test
    void aSingleTestStaysAsItIs() {
        assertArrayEquals(new double[] {0.2}, Holm.adjust(0.2));
        assertEquals(0, Holm.adjust().length);
    }

    @Property
    void nothingGetsMoreCertainNorChangesItsOrder(
            @ForAll @Size(min = 1, max = 20) List<@DoubleRange(min = 0, max = 1) Double> given) {
        double[] pValues = given.stream().mapToDouble(Double::doubleValue).toArray();
        double[] adjusted = Holm.adjust(pValues);

        for (int i = 0; i < pValues.length; i++) {
            assertTrue(adjusted[i] >= pValues[i] && adjusted[i] <= 1);
            for (int j = 0; j < pValues.length; j++) {
                assertTrue(pValues[i] >= pValues[j] || adjusted[i] <= adjusted[j]);
            }
        }
    }
}
